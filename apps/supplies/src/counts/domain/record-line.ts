import { DomainError } from '@ledger/contracts';

/** A line of a count as far as recording goes. Quantities in the item's base unit. */
export interface RecordableLine {
  readonly state: 'open' | 'partial' | 'counted';
  /** The round in which the line was last asked for. */
  readonly round: number;
  /** Completed counts of this line, over all rounds. */
  readonly timesCounted: number;
  /** What the parts of this round add up to; null before the first. */
  readonly countedBase: number | null;
  /** The balance when the first part of this round was counted. */
  readonly balanceBase: number | null;
  readonly movedBetweenParts: boolean;
}

/** What a keeper says about a line. */
export interface Entry {
  readonly countedBase: number;
  /** False for a part: the rest of the lot lies elsewhere and is counted by somebody else or later. */
  readonly complete: boolean;
  /** True to take back what the same person recorded in this round. */
  readonly correction: boolean;
}

/** The ledger at the moment of counting. */
export interface BalanceAtCount {
  /** All pieces that should lie there. */
  readonly balanceBase: number;
  /** Those of them that an adjustment may take: promised ones are not. */
  readonly availableBase: number;
}

export interface People {
  readonly recorderId: string;
  /** Who recorded something on the line in its present round. */
  readonly inThisRound: readonly string[];
  /** Who counted it in the round before. */
  readonly inRoundBefore: readonly string[];
}

export type RecordedLine = RecordableLine & BalanceAtCount & { readonly countedBase: number };

/**
 * Adds an entry to a line. A line may be counted in parts; the part that says it is the last completes it. When the
 * balance moved between two parts nobody can say which of them saw the moved pieces, so the line is marked for another
 * count.
 * @param countRound  the present round of the whole count
 * @throws DomainError in this order: SUPPLIES_COUNT_LINE_COUNTED for a line that is complete, or a correction of what
 *   somebody else recorded; SUPPLIES_COUNT_RECOUNT_BY_SAME when a recount is made by who counted before
 */
export function recordEntry(
  line: RecordableLine,
  entry: Entry,
  balance: BalanceAtCount,
  { people, countRound }: { readonly people: People; readonly countRound: number },
): RecordedLine {
  assertRecordable(line, entry, people, countRound);
  if (people.inRoundBefore.includes(people.recorderId)) throw new DomainError('SUPPLIES_COUNT_RECOUNT_BY_SAME');
  const earlier = entry.correction ? undefined : earlierParts(line);
  const moved = earlier !== undefined && (line.movedBetweenParts || earlier.balanceBase !== balance.balanceBase);
  const wasComplete = line.state === 'counted';
  return {
    ...balance,
    state: entry.complete ? 'counted' : 'partial',
    round: line.round,
    timesCounted: line.timesCounted + Number(entry.complete) - Number(wasComplete),
    countedBase: (earlier?.countedBase ?? 0) + entry.countedBase,
    movedBetweenParts: moved,
  };
}

function assertRecordable(line: RecordableLine, entry: Entry, people: People, countRound: number): void {
  const isOwn = people.inThisRound.every((id) => id === people.recorderId);
  const isOver = line.state === 'counted' && line.round < countRound;
  if (entry.correction ? isOver || !isOwn : line.state === 'counted') {
    throw new DomainError('SUPPLIES_COUNT_LINE_COUNTED');
  }
}

function earlierParts({ state, countedBase, balanceBase }: RecordableLine) {
  return state === 'partial' && countedBase !== null ? { countedBase, balanceBase } : undefined;
}
