import type { CallableSource } from './callable-curve';
import { dayAfter, dayInChina, daysBetween } from './days';
import { tiersApart } from './regions';

/**
 * agreement: a supplier delivers so many pieces within so many hours · enterprise: an enterprise holds them, above a
 * minimum · capacity: a plant makes so many a day · social, household: declared by their owners, promised by nobody.
 * Source: plan 004 §22.
 */
export const RESERVE_MODES = ['agreement', 'enterprise', 'capacity', 'social', 'household'] as const;
export type ReserveMode = (typeof RESERVE_MODES)[number];
export const PROMISED_MODES = ['agreement', 'enterprise', 'capacity'] as const satisfies readonly ReserveMode[];
export type PromisedMode = (typeof PROMISED_MODES)[number];

export const RESERVE_STATES = ['draft', 'active', 'suspended', 'ended'] as const;
export type ReserveState = (typeof RESERVE_STATES)[number];

/** How long the inputs that production hangs on will last, as the enterprise says. */
export const KEY_INPUT_LEVELS = ['sufficient', 'tight', 'exhausted'] as const;
export type KeyInputLevel = (typeof KEY_INPUT_LEVELS)[number];

/** renewal: what was drawn stays drawn until the contract is renewed · delivery: it is promised anew once delivered. */
export const RESTORATIONS = ['renewal', 'delivery'] as const;
export type Restoration = (typeof RESTORATIONS)[number];

/**
 * awaiting-approval: held until an approver signs · called: laid before the enterprise · confirmed: the enterprise will
 * deliver · delivering: on its way, or received in part · received: nothing more will come · declined: the enterprise
 * cannot · cancelled: no longer wanted, or not signed in time.
 */
export const RESERVE_CALL_STATES = [
  'awaiting-approval',
  'called',
  'confirmed',
  'declined',
  'delivering',
  'received',
  'cancelled',
] as const;
export type ReserveCallState = (typeof RESERVE_CALL_STATES)[number];

/** The last figures that the enterprise confirmed; what a mode does not use is null. Quantities in the base unit. */
export interface ReserveConfirmation {
  /** ISO instant for which the figures hold. */
  readonly confirmedAt: string;
  readonly stockBase: number | null;
  readonly ratePerDay: number | null;
  readonly startUpHours: number | null;
  readonly keyInputsLevel: KeyInputLevel | null;
  /** Pieces received from it since then, which its stock has lost. */
  readonly takenSinceBase: number;
}

/** All of a reserve contract that decides what it can give: these facts and the clock, nothing else. */
export interface ReserveContractTerms {
  readonly contractId: string;
  readonly mode: ReserveMode;
  readonly state: ReserveState;
  /** First and last day of validity, in China. */
  readonly validFrom: string;
  readonly validTo: string;
  /** Hours from the call to the hand-over; of a plant, the hours that follow the making. */
  readonly responseHours: number;
  /** All it is good for until it is renewed. */
  readonly quantityBase: number;
  /** What an enterprise keeps in store; 0 for other modes. */
  readonly minimumBase: number;
  readonly ratePerDay: number | null;
  readonly startUpHours: number | null;
  readonly outputEveryHours: number | null;
  /** Called and neither received nor given back yet. */
  readonly calledBase: number;
  /** Received and not restored yet. */
  readonly drawnBase: number;
  /** Days between confirmations; null when the contract alone is the promise. */
  readonly confirmEveryDays: number | null;
  readonly graceDays: number;
  /** ISO instant at which it was put in force first: the contract's own figures count as confirmed then. */
  readonly activatedAt: string | null;
  readonly confirmation: ReserveConfirmation | null;
}

export const UNCOUNTED_CODES = [
  'draft',
  'suspended',
  'ended',
  'not-begun',
  'run-out',
  'declared-only',
  'confirmation-overdue',
  'key-inputs-exhausted',
] as const;
export type UncountedCode = (typeof UNCOUNTED_CODES)[number];

/** Why a contract is not counted, in a code and in words. */
export interface Uncounted {
  readonly code: UncountedCode;
  readonly reason: string;
}

/** When the next confirmation falls due, and how late it is on a day: 0 or less while it is not. */
export interface ConfirmationDue {
  readonly dueOn: string;
  readonly overdueDays: number;
  /** True when the figure no longer counts: overdue by more than the days of grace. */
  readonly stale: boolean;
}

type Schedule = Pick<ReserveContractTerms, 'confirmEveryDays' | 'graceDays' | 'activatedAt' | 'confirmation'>;

/**
 * When a contract's figures have to be confirmed again: so many days after the day, in China, of the last confirmation,
 * or of coming into force when there was none. A confirmation of a later moment than `at` counts all the same.
 * @returns undefined when nothing has to be confirmed, or nothing is in force yet
 */
export function confirmationDue(contract: Schedule, at: Date): ConfirmationDue | undefined {
  const since = contract.confirmation?.confirmedAt ?? contract.activatedAt;
  if (contract.confirmEveryDays === null || since === null) return undefined;
  const dueOn = dayAfter(dayInChina(new Date(since)), contract.confirmEveryDays);
  const overdueDays = daysBetween(dueOn, dayInChina(at));
  return { dueOn, overdueDays, stale: overdueDays > contract.graceDays };
}

/**
 * Why a contract is left out of the promised curve at a moment, or undefined when it counts. Order of checking: mode,
 * state, validity, confirmation, key inputs.
 */
export function whyUncounted(contract: ReserveContractTerms, at: Date): Uncounted | undefined {
  const { mode, state, validFrom, validTo, confirmation } = contract;
  const today = dayInChina(at);
  if (mode === 'social' || mode === 'household') return { code: 'declared-only', reason: 'declared, not promised' };
  if (state !== 'active') return { code: state, reason: `the contract is ${state === 'draft' ? 'a draft' : state}` };
  if (today < validFrom) return { code: 'not-begun', reason: `the contract begins on ${validFrom}` };
  if (today > validTo) return { code: 'run-out', reason: `the contract ran out on ${validTo}` };
  const due = confirmationDue(contract, at);
  if (due?.stale) return { code: 'confirmation-overdue', reason: `confirmation ${daysOf(due.overdueDays)} overdue` };
  if (mode === 'capacity' && confirmation?.keyInputsLevel === 'exhausted') {
    return { code: 'key-inputs-exhausted', reason: 'the plant’s key inputs are exhausted' };
  }
  return undefined;
}

const daysOf = (count: number): string => (count === 1 ? '1 day' : `${count} days`);

/** Pieces in the enterprise's store as far as we know: the last confirmed stock, or the contract's, less what it gave. */
export function knownStockBase(contract: ReserveContractTerms): number {
  const { confirmation, quantityBase, drawnBase } = contract;
  const stockBase = confirmation?.stockBase ?? null;
  if (confirmation === null || stockBase === null) return quantityBase - drawnBase;
  return Math.max(0, stockBase - confirmation.takenSinceBase);
}

/** Pieces that may be asked of a contract in all: what is neither called nor drawn, as far as the goods are there. */
export function uncalledBase(contract: ReserveContractTerms): number {
  const { mode, quantityBase, calledBase, drawnBase } = contract;
  const contracted = quantityBase - calledBase - drawnBase;
  const inStore = mode === 'capacity' ? contracted : knownStockBase(contract) - calledBase;
  return Math.max(0, Math.min(contracted, inStore));
}

/**
 * A counted contract as a source of the callable curve. Of what the contract promises and the enterprise last
 * confirmed, the smaller counts: the lower rate, the longer start-up, the smaller stock. An enterprise gives only what
 * lies above its minimum.
 * @param contract  one for which `whyUncounted` found nothing; `serves` are the regions it is made for, at least one
 * @param place     `breakMinimum` for a use order that names the minimum as given up
 */
export function callableSourceOf(
  contract: ReserveContractTerms & { readonly serves: readonly string[] },
  place: { readonly regionCode: string; readonly breakMinimum?: boolean },
): CallableSource {
  const floorBase = place.breakMinimum ? 0 : contract.minimumBase;
  const aboveMinimumBase = knownStockBase(contract) - contract.calledBase - floorBase;
  const limitBase =
    contract.mode === 'enterprise' ? Math.min(uncalledBase(contract), aboveMinimumBase) : uncalledBase(contract);
  return {
    sourceId: contract.contractId,
    kind: contract.mode as PromisedMode,
    limitBase: Math.max(0, limitBase),
    readyAfterHours: contract.responseHours,
    tiersAway: Math.min(...contract.serves.map((served) => tiersApart(place.regionCode, served))),
    production: contract.mode === 'capacity' ? productionOf(contract) : null,
  };
}

function productionOf(contract: ReserveContractTerms) {
  const { confirmation } = contract;
  const contractedRate = contract.ratePerDay ?? 0;
  const contractedStart = contract.startUpHours ?? 0;
  return {
    ratePerDay: Math.min(contractedRate, confirmation?.ratePerDay ?? contractedRate),
    startUpHours: Math.max(contractedStart, confirmation?.startUpHours ?? contractedStart),
    outputEveryHours: contract.outputEveryHours ?? 24,
    promisedBase: contract.calledBase,
  };
}
