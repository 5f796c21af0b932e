import { DomainError, depotAccount, transitAccount, type Account, type FieldFault } from '@ledger/contracts';
import type { Day } from '../../stock/domain/calendar';
import { whyNotIssuable } from '../../stock/domain/lot';
import type { Posting } from '../../stock/domain/posting';
import type { LotUnderWay } from './plan-arrival';

/** What became of pieces of one lot that did not arrive. Integers ≥ 0. */
export interface SettledLot {
  readonly lotId: string;
  readonly foundAtReceiverBase: number;
  /** Never loaded, or brought back. */
  readonly foundAtSenderBase: number;
  readonly lostBase: number;
}

export interface Settlement {
  readonly transferId: string;
  readonly fromDepotId: string;
  readonly toDepotId: string;
  readonly lines: readonly SettledLot[];
}

const settledBase = (line: SettledLot): number => line.foundAtReceiverBase + line.foundAtSenderBase + line.lostBase;

/** Pieces that a settlement writes off, over all lots. */
export const lostBaseOf = (lines: readonly SettledLot[]): number =>
  lines.reduce((sum, { lostBase }) => sum + lostBase, 0);

/**
 * The postings of a settlement. Found pieces become free stock of the depot where they are, or go to its quarantine
 * when their lot may not be issued; lost ones leave the books.
 * @throws DomainError in this order: REQUEST_INVALID (a line that says nothing, a lot twice),
 *   SUPPLIES_TRANSFER_LOT_UNKNOWN, SUPPLIES_QUANTITY_EXCEEDS_BALANCE for more than is under way
 */
export function settlementPostings(settlement: Settlement, underWay: readonly LotUnderWay[], today: Day): Posting[] {
  assertForm(settlement.lines);
  const { transferId, fromDepotId, toDepotId } = settlement;
  return settlement.lines.flatMap((line) => {
    const lot = underWay.find(({ lotId }) => lotId === line.lotId);
    if (!lot) throw new DomainError('SUPPLIES_TRANSFER_LOT_UNKNOWN', { facts: { lotId: line.lotId } });
    const { outstandingBase } = lot;
    if (settledBase(line) > outstandingBase) {
      const facts = { lotId: line.lotId, askedBase: settledBase(line), availableBase: outstandingBase };
      throw new DomainError('SUPPLIES_QUANTITY_EXCEEDS_BALANCE', { facts });
    }
    const shelf = whyNotIssuable(lot, today) ? 'quarantine' : 'available';
    const post = (to: Account, quantityBase: number): Posting[] => {
      const { lotId, itemCode, expiryDate } = lot;
      const from = transitAccount(transferId);
      return quantityBase > 0 ? [{ lotId, itemCode, expiryDate, from, to, quantityBase, lineId: null }] : [];
    };
    return [
      ...post(depotAccount(toDepotId, shelf), line.foundAtReceiverBase),
      ...post(depotAccount(fromDepotId, shelf), line.foundAtSenderBase),
      ...post('lost', line.lostBase),
    ];
  });
}

function assertForm(lines: readonly SettledLot[]): void {
  const seen = new Set<string>();
  const errors = lines.flatMap((line, index): FieldFault[] => {
    const isRepeated = seen.has(line.lotId);
    seen.add(line.lotId);
    if (isRepeated) return [{ pointer: `/lines/${index}/lotId`, reason: 'came before in this request' }];
    return settledBase(line) === 0 ? [{ pointer: `/lines/${index}`, reason: 'names no quantity' }] : [];
  });
  if (errors.length > 0) throw new DomainError('REQUEST_INVALID', { errors });
}
