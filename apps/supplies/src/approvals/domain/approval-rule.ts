import { regionCovers, type Caller } from '@ledger/contracts';
import type { Day } from '../../stock/domain/calendar';

/** What can wait for a second person. */
export const APPROVAL_KINDS = ['purchase', 'donation', 'pre-assessment'] as const;
export type ApprovalKind = (typeof APPROVAL_KINDS)[number];

/** Who has to sign, from the lowest to the highest: each may also sign what a lower one could. */
export const SIGNATORIES = ['stock-manager', 'approver', 'upper-approver'] as const;
/**
 * stock-manager: another stock manager of the region · approver: the commander of the region · upper-approver: a
 * commander of a tier above it.
 */
export type Signatory = (typeof SIGNATORIES)[number];

/** From this amount on, this person signs. */
export interface ApprovalStep {
  /** Integer fen, ≥ 0. */
  readonly fromFen: number;
  readonly signatory: Signatory;
}

/** Who signs what in a region from a day on. */
export interface ApprovalRule {
  readonly regionCode: string;
  readonly validFrom: Day;
  /** The first step starts at 0; amounts rise from step to step. */
  readonly steps: readonly ApprovalStep[];
  /** An ordinary request is answered within so many hours, or it is called overdue. */
  readonly answerHours: number;
  /** The papers of what was done first are signed within so many hours, or their debt is called overdue. */
  readonly papersHours: number;
  readonly basis: 'sourced' | 'estimate';
  readonly source: string;
}

/** In force where no region has set a rule. The amounts and hours are our estimate, not law. */
export const DEFAULT_RULE: Omit<ApprovalRule, 'regionCode' | 'validFrom'> = {
  steps: [
    { fromFen: 0, signatory: 'stock-manager' },
    { fromFen: 5_000_000, signatory: 'approver' },
    { fromFen: 50_000_000, signatory: 'upper-approver' },
  ],
  answerHours: 72,
  papersHours: 72,
  basis: 'estimate',
  source: 'default of the product, not set by the region',
};

/** The rule of the nearest region that has one in force; of two of one region the later. */
export function ruleInForce(
  rules: readonly ApprovalRule[],
  regionCode: string,
  today: Day,
): Omit<ApprovalRule, 'regionCode' | 'validFrom'> {
  const inForce = rules.filter((rule) => regionCovers(rule.regionCode, regionCode) && rule.validFrom <= today);
  const [nearest] = [...inForce].sort(
    (one, other) => other.regionCode.length - one.regionCode.length || (one.validFrom < other.validFrom ? 1 : -1),
  );
  return nearest ?? DEFAULT_RULE;
}

/** @param amountFen  integer ≥ 0 */
export function signatoryFor(steps: readonly ApprovalStep[], amountFen: number): Signatory {
  const reached = steps.filter(({ fromFen }) => fromFen <= amountFen);
  return reached.reduce((highest, step) => (step.fromFen >= highest.fromFen ? step : highest), reached[0]).signatory;
}

/** What is wrong with steps, in words; undefined when they start at 0 and rise in amount and rank. */
export function stepsFault(steps: readonly ApprovalStep[]): string | undefined {
  if (steps[0]?.fromFen !== 0) return 'the first step does not start at 0';
  const rank = (step: ApprovalStep): number => SIGNATORIES.indexOf(step.signatory);
  const falls = steps.some(
    (step, index) => index > 0 && (step.fromFen <= steps[index - 1].fromFen || rank(step) <= rank(steps[index - 1])),
  );
  return falls ? 'amounts and signatories do not rise from step to step' : undefined;
}

export interface OpenApproval {
  readonly regionCode: string;
  readonly signatory: Signatory;
  readonly requestedById: string;
}

/**
 * Why a caller may not decide, or undefined. Four eyes come first: nobody decides on a request of their own, whatever
 * the roles. Where no tier is above (a province), its own approver signs in place of one above.
 * Source: plan 001 §2(6) (allocation by use order), plan 001 §2(2)2 (act first, sign later).
 */
export function whyNotDecide(
  caller: Pick<Caller, 'userId' | 'roles' | 'regionCode'>,
  approval: OpenApproval,
): 'requester' | 'tier-too-low' | undefined {
  if (caller.userId === approval.requestedById) return 'requester';
  return rankOf(caller, approval.regionCode) >= SIGNATORIES.indexOf(approval.signatory) ? undefined : 'tier-too-low';
}

const PROVINCE_DIGITS = 2;

function rankOf(caller: Pick<Caller, 'roles' | 'regionCode'>, regionCode: string): number {
  if (!regionCovers(caller.regionCode, regionCode)) return -1;
  if (!caller.roles.includes('approver')) return caller.roles.includes('stock-manager') ? 0 : -1;
  const above = caller.regionCode.length < regionCode.length || regionCode.length === PROVINCE_DIGITS;
  return SIGNATORIES.indexOf(above ? 'upper-approver' : 'approver');
}
