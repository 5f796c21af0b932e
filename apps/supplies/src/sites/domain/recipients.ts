import { DomainError, type FieldFault } from '@ledger/contracts';

export interface GivenLine {
  readonly lineId: string;
  readonly quantityBase: number;
}

/** What one household is to get. */
export interface Recipient {
  readonly householdId: string;
  readonly lines: readonly GivenLine[];
  readonly repeatReason?: string;
}

/** A household at the moment it is served. */
export interface KnownHousehold {
  readonly id: string;
  readonly peopleCount: number;
  readonly isPriority: boolean;
  /** Items it got before in this incident, hand-outs that were undone left out. */
  readonly itemsBefore: ReadonlySet<string>;
  /** Whether it was reached before under this allocation. */
  readonly reachedBefore: boolean;
}

/**
 * Checks the list of a hand-out against its lines.
 * @throws DomainError REQUEST_INVALID when a household comes twice, a line comes twice for a household, or the list does
 *   not add up to what is handed out
 */
export function assertList(lines: readonly GivenLine[], recipients: readonly Recipient[]): void {
  const errors: FieldFault[] = [];
  const households = new Set<string>();
  const left = new Map(lines.map(({ lineId, quantityBase }) => [lineId, quantityBase]));
  recipients.forEach((recipient, index) => {
    const pointer = `/recipients/${index}`;
    if (households.has(recipient.householdId)) errors.push({ pointer, reason: 'came before in this request' });
    households.add(recipient.householdId);
    if (new Set(recipient.lines.map(({ lineId }) => lineId)).size < recipient.lines.length) {
      errors.push({ pointer: `${pointer}/lines`, reason: 'names a line twice' });
    }
    for (const { lineId, quantityBase } of recipient.lines) left.set(lineId, (left.get(lineId) ?? NaN) - quantityBase);
  });
  for (const [lineId, restBase] of left) {
    const index = lines.findIndex((line) => line.lineId === lineId);
    if (index < 0) errors.push({ pointer: '/recipients', reason: `line ${lineId} is not handed out` });
    else if (restBase !== 0) errors.push({ pointer: `/lines/${index}`, reason: 'is not what the list adds up to' });
  }
  if (errors.length > 0) throw new DomainError('REQUEST_INVALID', { errors });
}

/**
 * Refuses to give a household the same item again within an incident, unless somebody says why.
 * @param itemOf  the item of a line
 * @throws DomainError SUPPLIES_HANDOUT_REPEATED with one fault per household
 * Source: plan 004 §23 (control of distribution and use).
 */
export function assertNotRepeated(
  recipients: readonly Recipient[],
  households: ReadonlyMap<string, KnownHousehold>,
  itemOf: (lineId: string) => string | undefined,
): void {
  const errors = recipients.flatMap(({ householdId, lines, repeatReason }, index) => {
    const before = households.get(householdId)?.itemsBefore ?? new Set<string>();
    const again = lines.map(({ lineId }) => itemOf(lineId) ?? '').filter((item) => before.has(item));
    if (again.length === 0 || repeatReason !== undefined) return [];
    return { pointer: `/recipients/${index}/repeatReason`, reason: `got ${again.join(', ')} before in this incident` };
  });
  if (errors.length > 0) throw new DomainError('SUPPLIES_HANDOUT_REPEATED', { errors: errors.slice(0, 50) });
}

/** People of households that this allocation had not reached before; nobody is counted twice. */
export const newlyReached = (households: readonly KnownHousehold[]): number =>
  households.reduce((sum, { peopleCount, reachedBefore }) => sum + (reachedBefore ? 0 : peopleCount), 0);
