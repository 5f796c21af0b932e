import { DomainError, depotAccount, transitAccount } from '@ledger/contracts';
import type { Day } from '../../stock/domain/calendar';
import { assertCovered, byExpiry, draw } from '../../stock/domain/draw';
import { whyNotIssuable, type LotCondition } from '../../stock/domain/lot';
import type { Posting } from '../../stock/domain/posting';

export interface IssueLine {
  readonly lineId: string;
  readonly reservationId: string;
  readonly itemCode: string;
  readonly quantityBase: number;
}

/** What is still held for a reservation in the depot, of one lot. */
export interface OpenShare extends LotCondition {
  readonly reservationId: string;
  readonly lotId: string;
  readonly batchNumber: string;
  readonly quantityBase: number;
}

export interface IssuedPart {
  readonly reservationId: string;
  readonly lineId: string;
  readonly itemCode: string;
  readonly lotId: string;
  readonly expiryDate: Day | null;
  readonly quantityBase: number;
}

/**
 * Chooses the lots that leave the depot for the lines of an issue order, earliest expiry first among those held for
 * each line.
 * @param overriddenLotIds  lots that a named use order lets leave although they are expired, held or recalled
 * @throws DomainError SUPPLIES_QUANTITY_EXCEEDS_BALANCE when less is held than the order names;
 *   SUPPLIES_LOT_NOT_ISSUABLE for the first lot that may not leave
 * Source: plan 001 §2(6) (use order), plan 004 §22 (rotation).
 */
export function planIssue(
  lines: readonly IssueLine[],
  shares: readonly OpenShare[],
  rules: { readonly today: Day; readonly overriddenLotIds: ReadonlySet<string> },
): IssuedPart[] {
  let rest = [...shares].sort(byExpiry);
  return lines.flatMap((line) => {
    const held = rest.filter((share) => share.reservationId === line.reservationId);
    assertCovered(held, line.quantityBase);
    const { taken, left } = draw(held, line.quantityBase);
    rest = [...rest.filter((share) => share.reservationId !== line.reservationId), ...left];
    return taken.map((share) => {
      if (!rules.overriddenLotIds.has(share.lotId)) assertIssuable(share, rules.today);
      return issuedPart(line, share);
    });
  });
}

/** The postings of issued parts: out of the reserved stock, on the road. */
export function issuePostings(
  order: { readonly depotId: string; readonly shipmentId: string },
  parts: readonly IssuedPart[],
): Posting[] {
  return parts.map(({ reservationId, ...part }) => ({
    ...part,
    from: depotAccount(order.depotId, 'reserved'),
    to: transitAccount(order.shipmentId),
  }));
}

function issuedPart({ reservationId, lineId, itemCode }: IssueLine, share: OpenShare): IssuedPart {
  const { lotId, expiryDate, quantityBase } = share;
  return { reservationId, lineId, itemCode, lotId, expiryDate, quantityBase };
}

/** @throws DomainError SUPPLIES_LOT_NOT_ISSUABLE */
function assertIssuable(lot: OpenShare, today: Day): void {
  const why = whyNotIssuable(lot, today);
  if (!why) return;
  throw new DomainError('SUPPLIES_LOT_NOT_ISSUABLE', {
    detail: `batch ${lot.batchNumber} is ${why}`,
    facts: { lotId: lot.lotId, batchNumber: lot.batchNumber, why },
  });
}
