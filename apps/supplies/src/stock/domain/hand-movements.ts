import { DomainError, depotAccount, type Account } from '@ledger/contracts';
import type { Day } from './calendar';
import { RECEIPT_SOURCES, whyNotIssuable, type LotCondition, type LotOrigin, type ReceiptOrigin } from './lot';
import type { Posting } from './posting';

/**
 * What a keeper enters line by line, without an order or document behind it. Everything else has a flow of its own.
 * receipt: more of a lot that is known · use: peacetime use 平时领用 · quarantine: put aside, with a reason.
 */
export const HAND_KINDS = ['receipt', 'use', 'quarantine'] as const;
export type HandKind = (typeof HAND_KINDS)[number];

export interface HandLine {
  readonly lotId: string;
  /** Integer > 0, in the item's base unit. */
  readonly quantityBase: number;
}

export interface HandMovement {
  readonly kind: HandKind;
  readonly depotId: string;
  readonly lines: readonly HandLine[];
  readonly note?: string;
}

/** A lot as it is when the movement is decided. */
export interface KnownLot extends LotCondition {
  readonly id: string;
  readonly itemCode: string;
  readonly origin: LotOrigin;
  /** Of gear that is numbered piece by piece; such a lot is received once. */
  readonly serialNumber: string | null;
  /** Given for a purpose: it is given out as a donation, not used up. */
  readonly purposeBound: boolean;
  /** Held in shares in this depot: it leaves by a draw of one of its owners. */
  readonly isJoint: boolean;
}

/**
 * The postings of a movement by hand. What may not be issued is refused for use, and received into quarantine.
 * @param lots   the lots of the lines that the caller may see, by id
 * @param today  the calendar day of the transaction
 * @throws DomainError in this order: REQUEST_INVALID for a lot named twice, or for putting aside without a reason;
 *   SUPPLIES_LOT_NOT_FOUND; SUPPLIES_LOT_NOT_ISSUABLE; SUPPLIES_DONATION_PURPOSE_BREACH; SUPPLIES_JOINT_DRAW_NEEDED;
 *   SUPPLIES_LOT_NOT_RECEIVABLE for a numbered piece, for what was given for a purpose, and for a lot that was made or found here and so has no source
 *   to come from again
 * Source: plan 004 §22 (central management, rotation; goods past their date are not used).
 */
export function handPostings(movement: HandMovement, lots: ReadonlyMap<string, KnownLot>, today: Day): Posting[] {
  assertForm(movement);
  return movement.lines.map((line) => {
    const lot = lots.get(line.lotId.toLowerCase());
    if (!lot) throw new DomainError('SUPPLIES_LOT_NOT_FOUND', { facts: { lotId: line.lotId } });
    const [from, to] = accountsOf(movement, lot, today);
    const { id: lotId, itemCode, expiryDate } = lot;
    return { lotId, itemCode, expiryDate, from, to, quantityBase: line.quantityBase, lineId: null };
  });
}

function assertForm({ kind, lines, note }: HandMovement): void {
  const seen = new Set<string>();
  const repeated = lines.flatMap(({ lotId }, index) => {
    const isRepeated = seen.has(lotId.toLowerCase());
    seen.add(lotId.toLowerCase());
    return isRepeated ? [{ pointer: `/lines/${index}/lotId`, reason: 'came before in this request' }] : [];
  });
  const unexplained = kind === 'quarantine' && !note ? [{ pointer: '/note', reason: 'say why it is put aside' }] : [];
  const errors = [...repeated, ...unexplained];
  if (errors.length > 0) throw new DomainError('REQUEST_INVALID', { errors });
}

function accountsOf({ kind, depotId }: HandMovement, lot: KnownLot, today: Day): [from: Account, to: Account] {
  const available = depotAccount(depotId, 'available');
  const quarantine = depotAccount(depotId, 'quarantine');
  const fault = whyNotIssuable(lot, today);
  switch (kind) {
    case 'receipt':
      return [sourceOf(lot), fault ? quarantine : available];
    case 'use':
      if (fault) throw new DomainError('SUPPLIES_LOT_NOT_ISSUABLE', { facts: { lotId: lot.id, reason: fault } });
      if (lot.purposeBound) throw new DomainError('SUPPLIES_DONATION_PURPOSE_BREACH', { facts: { lotId: lot.id } });
      if (lot.isJoint) throw new DomainError('SUPPLIES_JOINT_DRAW_NEEDED', { facts: { lotId: lot.id } });
      return [available, 'consumed'];
    case 'quarantine':
      return [available, quarantine];
  }
}

function sourceOf({ id, origin, serialNumber, purposeBound }: KnownLot): Account {
  if (serialNumber === null && !purposeBound && origin in RECEIPT_SOURCES)
    return RECEIPT_SOURCES[origin as ReceiptOrigin];
  throw new DomainError('SUPPLIES_LOT_NOT_RECEIVABLE', { facts: { lotId: id } });
}
