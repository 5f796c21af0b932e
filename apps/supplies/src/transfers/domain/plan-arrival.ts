import { DomainError, depotAccount, transitAccount, type Account, type FieldFault } from '@ledger/contracts';
import type { Day } from '../../stock/domain/calendar';
import { whyNotIssuable, type LotCondition } from '../../stock/domain/lot';
import type { Posting } from '../../stock/domain/posting';

/** Pieces of one lot of a transfer that are still on the road. */
export interface LotUnderWay extends LotCondition {
  readonly lotId: string;
  readonly itemCode: string;
  readonly serialNumber: string | null;
  /** Integer ≥ 0: sent, and neither received nor settled. */
  readonly outstandingBase: number;
}

/** What the receiving keeper counted of one lot. Integers ≥ 0. */
export interface ArrivedLot {
  readonly lotId: string;
  readonly receivedBase: number;
  readonly damagedBase: number;
  /** Said to be missing; the pieces stay on the road until they come or are settled. */
  readonly shortBase: number;
  /** More than was sent. */
  readonly surplusBase: number;
}

export interface Arrival {
  readonly transferId: string;
  /** The receiving depot. */
  readonly depotId: string;
  readonly lines: readonly ArrivedLot[];
  readonly note?: string;
}

/**
 * The postings of a delivery: sound pieces become free stock, or go to quarantine when their lot may not be issued;
 * damaged ones go to quarantine; surplus ones come in as a difference of counts.
 * @param underWay  the lots of the transfer
 * @returns postings; none when all lines only say what is missing
 * @throws DomainError in this order: REQUEST_INVALID (a line that says nothing, a lot twice, both short and surplus,
 *   surplus without a note), SUPPLIES_TRANSFER_LOT_UNKNOWN, SUPPLIES_TRANSFER_EXCEEDS_DISPATCH,
 *   SUPPLIES_TRANSFER_SURPLUS_UNFOUNDED while pieces of the lot are still under way, or for a numbered piece
 */
export function arrivalPostings(arrival: Arrival, underWay: readonly LotUnderWay[], today: Day): Posting[] {
  assertForm(arrival);
  const quarantine = depotAccount(arrival.depotId, 'quarantine');
  const available = depotAccount(arrival.depotId, 'available');
  return arrival.lines.flatMap((line) => {
    const lot = underWay.find(({ lotId }) => lotId === line.lotId);
    if (!lot) throw new DomainError('SUPPLIES_TRANSFER_LOT_UNKNOWN', { facts: { lotId: line.lotId } });
    assertCounts(line, lot);
    const shelf = whyNotIssuable(lot, today) ? quarantine : available;
    const road = transitAccount(arrival.transferId);
    return [
      ...posting(lot, road, shelf, line.receivedBase),
      ...posting(lot, road, quarantine, line.damagedBase),
      ...posting(lot, 'count-difference', shelf, line.surplusBase),
    ];
  });
}

function assertForm({ lines, note }: Arrival): void {
  const seen = new Set<string>();
  const errors = lines.flatMap((line, index): FieldFault[] => {
    const { lotId, receivedBase, damagedBase, shortBase, surplusBase } = line;
    const pointer = `/lines/${index}`;
    const isRepeated = seen.has(lotId);
    seen.add(lotId);
    if (isRepeated) return [{ pointer: `${pointer}/lotId`, reason: 'came before in this request' }];
    if (receivedBase + damagedBase + shortBase + surplusBase === 0) return [{ pointer, reason: 'names no quantity' }];
    if (shortBase > 0 && surplusBase > 0) return [{ pointer, reason: 'cannot be both short and surplus' }];
    return surplusBase > 0 && !note ? [{ pointer: '/note', reason: 'say where the surplus may come from' }] : [];
  });
  if (errors.length > 0) throw new DomainError('REQUEST_INVALID', { errors });
}

function assertCounts(line: ArrivedLot, { lotId, outstandingBase, serialNumber }: LotUnderWay): void {
  const { receivedBase, damagedBase, shortBase, surplusBase } = line;
  const namedBase = receivedBase + damagedBase + shortBase;
  if (namedBase > outstandingBase) {
    throw new DomainError('SUPPLIES_TRANSFER_EXCEEDS_DISPATCH', {
      detail: `${namedBase} named, ${outstandingBase} under way`,
      facts: { lotId, namedBase, outstandingBase },
    });
  }
  if (surplusBase > 0 && (namedBase < outstandingBase || serialNumber !== null)) {
    throw new DomainError('SUPPLIES_TRANSFER_SURPLUS_UNFOUNDED', { facts: { lotId, namedBase, outstandingBase } });
  }
}

function posting(lot: LotUnderWay, from: Account, to: Account, quantityBase: number): Posting[] {
  if (quantityBase === 0) return [];
  const { lotId, itemCode, expiryDate } = lot;
  return [{ lotId, itemCode, expiryDate, from, to, quantityBase, lineId: null }];
}
