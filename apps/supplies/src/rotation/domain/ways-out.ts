import { DomainError, depotAccount, type OutsideAccount } from '@ledger/contracts';
import type { Day } from '../../stock/domain/calendar';
import { whyNotIssuable, type LotCondition } from '../../stock/domain/lot';
import type { MovementKind } from '../../stock/domain/movement-kinds';
import type { Posting } from '../../stock/domain/posting';

/** All that may be planned for goods that must go. `offer` ends as a transfer. */
export const WAYS_OUT = ['use', 'drill', 'swap', 'offer', 'transfer', 'donate', 'sell', 'extend', 'scrap'] as const;
export type WayOut = (typeof WAYS_OUT)[number];

/** The ways that take goods out of the books at once. */
export type WayOutOfTheBooks = 'use' | 'drill' | 'swap' | 'donate' | 'sell' | 'scrap';

interface WayRule {
  readonly kind: MovementKind;
  readonly to: OutsideAccount;
  /** False where the goods are not used by anybody afterwards. */
  readonly mustBeUsable: boolean;
}

const RULES: Readonly<Record<WayOutOfTheBooks, WayRule>> = {
  use: { kind: 'use', to: 'consumed', mustBeUsable: true },
  drill: { kind: 'use', to: 'consumed', mustBeUsable: true },
  donate: { kind: 'rotate', to: 'rotated-out', mustBeUsable: true },
  sell: { kind: 'rotate', to: 'rotated-out', mustBeUsable: true },
  swap: { kind: 'rotate', to: 'rotated-out', mustBeUsable: false },
  scrap: { kind: 'scrap', to: 'scrapped', mustBeUsable: false },
};

export type FromState = 'available' | 'quarantine';

export interface LeavingLot extends LotCondition {
  readonly lotId: string;
  readonly itemCode: string;
  readonly batchNumber: string;
  /** Given for a purpose and not freed of it. */
  readonly purposeBound: boolean;
}

export interface LeavingGoods {
  readonly way: WayOutOfTheBooks;
  readonly depotId: string;
  readonly fromState: FromState;
  readonly lot: LeavingLot;
  /** Integer > 0, in the item's base unit. */
  readonly quantityBase: number;
}

/**
 * The posting of goods that leave by a way out. Nobody is given what may not be issued: only a supplier may take it back,
 * or it is scrapped; goods in quarantine leave by these two ways only.
 * What was given for a purpose leaves by none of them but scrapping, until a paper frees it.
 * @throws DomainError in this order: SUPPLIES_LOT_NOT_ISSUABLE, SUPPLIES_DONATION_PURPOSE_BREACH
 * Source: plan 004 §22 (rotation; donations).
 */
export function leavingPosting(goods: LeavingGoods, today: Day): { kind: MovementKind; posting: Posting } {
  const { way, depotId, fromState, lot, quantityBase } = goods;
  const { kind, to, mustBeUsable } = RULES[way];
  const why = whyNotIssuable(lot, today) ?? (fromState === 'quarantine' ? 'in quarantine' : undefined);
  if (mustBeUsable && why) {
    throw new DomainError('SUPPLIES_LOT_NOT_ISSUABLE', {
      detail: `batch ${lot.batchNumber} is ${why}; it can be swapped by the supplier or scrapped`,
      facts: { lotId: lot.lotId, batchNumber: lot.batchNumber, why },
    });
  }
  if (lot.purposeBound && way !== 'scrap') {
    throw new DomainError('SUPPLIES_DONATION_PURPOSE_BREACH', { facts: { lotId: lot.lotId } });
  }
  const { lotId, itemCode, expiryDate } = lot;
  const from = depotAccount(depotId, fromState);
  return { kind, posting: { lotId, itemCode, expiryDate, from, to, quantityBase, lineId: null } };
}

export interface ExtendableLot {
  readonly lifeEnd: Day;
  readonly itemCode: string;
  readonly perishable: boolean;
  /** How the catalogue knows the life of the item. */
  readonly shelfLifeBasis: string;
}

/** No appraisal gives more than this at once. An estimate, so that a mistyped year is noticed. */
const LONGEST_EXTENSION_YEARS = 5;

/**
 * @throws DomainError SUPPLIES_EXTENSION_FORBIDDEN for goods whose printed date is the law (food, medicine): no appraisal
 *   makes them younger; SUPPLIES_DATES_INVALID for a date that is no extension
 */
export function assertExtension(lot: ExtendableLot, newExpiryDate: Day, today: Day): void {
  if (lot.perishable || lot.shelfLifeBasis === 'label') {
    throw new DomainError('SUPPLIES_EXTENSION_FORBIDDEN', { facts: { itemCode: lot.itemCode } });
  }
  const latest = `${Number(today.slice(0, 4)) + LONGEST_EXTENSION_YEARS}${today.slice(4)}`;
  const reason =
    newExpiryDate <= lot.lifeEnd
      ? `is no later than the end of life, ${lot.lifeEnd}`
      : newExpiryDate <= today
        ? 'has passed already'
        : newExpiryDate > latest
          ? `is more than ${LONGEST_EXTENSION_YEARS} years away`
          : undefined;
  if (reason) throw new DomainError('SUPPLIES_DATES_INVALID', { errors: [{ pointer: '/newExpiryDate', reason }] });
}
