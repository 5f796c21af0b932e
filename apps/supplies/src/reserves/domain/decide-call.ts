import {
  DomainError,
  callableSourceOf,
  hoursUntil,
  regionCovers,
  whyUncounted,
  type CallableSource,
} from '@ledger/contracts';
import type { ReserveContract } from './contract';

const HOUR_MS = 60 * 60 * 1000;

/** A call as it is asked for. */
export interface CallRequest {
  /** Integer > 0, in the item's base unit. */
  readonly quantityBase: number;
  /** When the goods have to be there; as soon as the contract can when undefined. */
  readonly neededBy: Date | undefined;
  readonly destinationRegionCode: string;
  /** A use order gives up the minimum of the enterprise, should it be needed. */
  readonly breaksMinimum: boolean;
}

/** From what size on an approver signs; null for no limit of that kind. */
export interface CallRule {
  readonly fromQuantityBase: number | null;
  readonly fromAmountFen: number | null;
}

/** For regions that have set no rule of their own. Estimates: 1,000 pieces, 100,000 yuan. */
export const DEFAULT_CALL_RULE: CallRule = { fromQuantityBase: 1_000, fromAmountFen: 10_000_000 };

export interface CallDecision {
  readonly neededBy: Date;
  /** null when the contract names no price. */
  readonly amountFen: number | null;
  /** True when the pieces cannot be had without going below the enterprise's minimum. */
  readonly breaksMinimum: boolean;
  /** Why an approver has to sign first, or null. */
  readonly approvalReason: string | null;
}

/**
 * Whether a contract can be called for this, and who has to sign. A started hour counts as a whole one, so that a call
 * for "in 24 hours" is not refused for the second it took to arrive.
 * @throws DomainError in this order: SUPPLIES_RESERVE_REGION_NOT_SERVED, SUPPLIES_RESERVE_NOT_COUNTED,
 *   SUPPLIES_RESERVE_EXHAUSTED, SUPPLIES_RESERVE_TOO_LATE
 * Source: plan 001 §2(6) (allocation by level), plan 004 §22 (agreement, enterprise and capacity reserve).
 */
export function decideCall(contract: ReserveContract, request: CallRequest, rule: CallRule, now: Date): CallDecision {
  if (!contract.serves.some((served) => regionCovers(served, request.destinationRegionCode))) {
    throw new DomainError('SUPPLIES_RESERVE_REGION_NOT_SERVED', { facts: { serves: contract.serves.join(' ') } });
  }
  const uncounted = whyUncounted(contract, now);
  if (uncounted) {
    throw new DomainError('SUPPLIES_RESERVE_NOT_COUNTED', {
      detail: uncounted.reason,
      facts: { code: uncounted.code },
    });
  }
  const place = { regionCode: request.destinationRegionCode };
  const aboveMinimum = callableSourceOf(contract, place);
  const breaksMinimum = request.breaksMinimum && request.quantityBase > aboveMinimum.limitBase;
  const source = breaksMinimum ? callableSourceOf(contract, { ...place, breakMinimum: true }) : aboveMinimum;
  const amountFen = contract.unitPriceFen === null ? null : contract.unitPriceFen * request.quantityBase;
  return {
    neededBy: neededBy(source, request, now),
    amountFen,
    breaksMinimum,
    approvalReason: whySigned({ quantityBase: request.quantityBase, amountFen, breaksMinimum }, rule),
  };
}

/** @throws DomainError SUPPLIES_RESERVE_EXHAUSTED, SUPPLIES_RESERVE_TOO_LATE */
function neededBy(source: CallableSource, request: CallRequest, now: Date): Date {
  const { quantityBase } = request;
  const leadHours = hoursUntil(source, quantityBase);
  if (leadHours === undefined) {
    throw new DomainError('SUPPLIES_RESERVE_EXHAUSTED', {
      detail: `${quantityBase} called, ${source.limitBase} left`,
      facts: { calledBase: quantityBase, callableBase: source.limitBase },
    });
  }
  if (!request.neededBy) return new Date(now.getTime() + leadHours * HOUR_MS);
  const hours = Math.ceil((request.neededBy.getTime() - now.getTime()) / HOUR_MS);
  if (hours < leadHours) {
    throw new DomainError('SUPPLIES_RESERVE_TOO_LATE', {
      detail: `${quantityBase} pieces take ${leadHours} hours, ${hours} are left`,
      facts: { leadHours, hours },
    });
  }
  return request.neededBy;
}

/** Why an approver signs a call: it gives up a minimum, is large, or is dear; null when none of these. */
export function whySigned(
  call: { readonly quantityBase: number; readonly amountFen: number | null; readonly breaksMinimum: boolean },
  { fromQuantityBase, fromAmountFen }: CallRule,
): string | null {
  if (call.breaksMinimum) return 'gives up the minimum of the enterprise';
  if (fromQuantityBase !== null && call.quantityBase >= fromQuantityBase) return `${fromQuantityBase} pieces or more`;
  if (fromAmountFen !== null && call.amountFen !== null && call.amountFen >= fromAmountFen) {
    return `${fromAmountFen} fen or more`;
  }
  return null;
}
