import { Injectable } from '@nestjs/common';
import { DomainError, type Caller, type FieldFault } from '@ledger/contracts';
import type { Tx } from '@ledger/platform';
import { DepotsRepository } from '../catalogue/depots.repository';
import { reportedTime } from '../stock/domain/request-lines';
import { CountBalancesRepository } from './count-balances.repository';
import { CountLinesRepository, type Line, type NewRecord } from './count-lines.repository';
import { CountsRepository, requireTransition, type Count } from './counts.repository';
import { recordEntry, type Entry, type People } from './domain/record-line';
import type { CountedLine, RecordCountRequest, RecordCountResponse } from './dto/count.dto';
import { FoundGoodsLines } from './found-goods';

export interface CountRecording {
  readonly countId: string;
  readonly caller: Caller;
  readonly request: RecordCountRequest;
}

/** Takes down what a keeper counted, from any number of phones. */
@Injectable()
export class RecordCountUseCase {
  constructor(
    private readonly depots: DepotsRepository,
    private readonly counts: CountsRepository,
    private readonly lines: CountLinesRepository,
    private readonly balances: CountBalancesRepository,
    private readonly foundGoods: FoundGoodsLines,
  ) {}

  /**
   * Goods may move while they are counted. What is kept beside every counted quantity is the balance *at that moment*,
   * read with the balances of the lot locked: a movement either is in it, or comes after it. So the variance is what was
   * counted less what should have lain there just then, whatever moves before or after.
   * Two people who record the same line at once: the second is told that the line was counted.
   * @throws DomainError in this order: SUPPLIES_COUNT_NOT_FOUND, what the depot does not allow,
   *   SUPPLIES_COUNT_TRANSITION_FORBIDDEN, REQUEST_INVALID, for found goods as `FoundGoodsLines.lineOf`, and per line
   *   SUPPLIES_COUNT_LINE_COUNTED, SUPPLIES_COUNT_RECOUNT_BY_SAME
   */
  async execute(tx: Tx, { countId, caller, request }: CountRecording): Promise<RecordCountResponse> {
    const addsLines = request.lines.some(({ found }) => found);
    const count = await this.counts.lockFor(tx, caller, countId, addsLines ? 'update' : 'share');
    await this.depots.findFor(tx, caller, count.depotId);
    const state = requireTransition(count.state, 'record');
    assertEntries(request.lines);
    const reported = this.reportedTime(tx, count, request);
    const named = await this.namedLines(tx, count, request.lines);
    const locked = await this.lines.lock(tx, count.id, [...named.keys()]);
    assertKnown(request.lines, locked);
    const records = await this.recordsOf(tx, { count, caller, named, locked, reported });
    await this.lines.record(tx, count.id, caller, records);
    const lines = records.map(({ line, recorded }) => ({
      lineId: line.id,
      state: recorded.state,
      countedBase: recorded.countedBase,
    }));
    return { countId: count.id, state, countedAt: records[0].countedAt, lines };
  }

  /** A phone without a network sends later what was counted before, but nothing from before the present round. */
  private reportedTime(tx: Tx, count: Count, { countedAt }: RecordCountRequest): Date | undefined {
    if (countedAt === undefined) return undefined;
    const instant = reportedTime(countedAt, tx.now, '/countedAt');
    if (instant >= count.roundStartedAt) return instant;
    const reason = 'lies before the count, or its present round, began';
    throw new DomainError('REQUEST_INVALID', { errors: [{ pointer: '/countedAt', reason }] });
  }

  private async namedLines(tx: Tx, count: Count, entries: readonly CountedLine[]): Promise<Map<string, Entry>> {
    const named = new Map<string, Entry>();
    for (const [index, { lineId, found, countedBase, complete = true, correction = false }] of entries.entries()) {
      const pointer = `/lines/${index}`;
      const id = found
        ? await this.foundGoods.lineOf(tx, count, found, `${pointer}/found`)
        : (lineId as string).toLowerCase();
      if (named.has(id)) throw invalid([{ pointer, reason: 'came before in this request' }]);
      named.set(id, { countedBase, complete, correction });
    }
    return named;
  }

  private async recordsOf(
    tx: Tx,
    input: {
      readonly count: Count;
      readonly caller: Caller;
      readonly named: ReadonlyMap<string, Entry>;
      readonly locked: readonly Line[];
      readonly reported: Date | undefined;
    },
  ): Promise<NewRecord[]> {
    const { count, caller, named, locked, reported } = input;
    const recorders = await this.lines.recorders(tx, [...named.keys()]);
    const { balanceOf, countedAt } = await this.balances.at(tx, count.depotId, locked, reported);
    return locked.map((line) => {
      const entry = named.get(line.id) as Entry;
      const people = peopleOf(line, caller.userId, recorders);
      return {
        line,
        entry,
        countedAt,
        recorded: recordEntry(line, entry, balanceOf(line), { people, countRound: count.round }),
      };
    });
  }
}

function peopleOf(
  line: Line,
  recorderId: string,
  recorders: readonly { lineId: string; round: number; userId: string }[],
): People {
  const ofLine = recorders.filter(({ lineId }) => lineId === line.id);
  const before = Math.max(0, ...ofLine.map(({ round }) => round).filter((round) => round < line.round));
  const inRound = (wanted: number): string[] =>
    ofLine.filter(({ round }) => round === wanted).map(({ userId }) => userId);
  return { recorderId, inThisRound: inRound(line.round), inRoundBefore: inRound(before) };
}

const invalid = (errors: readonly FieldFault[]): DomainError => new DomainError('REQUEST_INVALID', { errors });

/** Each entry names a line or found goods, and found goods are more than none. */
function assertEntries(entries: readonly CountedLine[]): void {
  const errors = entries.flatMap(({ lineId, found, countedBase }, index) => {
    const pointer = `/lines/${index}`;
    if ((lineId === undefined) === (found === undefined)) return { pointer, reason: 'names a line or found goods' };
    return found && countedBase === 0 ? { pointer: `${pointer}/countedBase`, reason: 'nothing was found' } : [];
  });
  if (errors.length > 0) throw invalid(errors);
}

function assertKnown(entries: readonly CountedLine[], locked: readonly Line[]): void {
  const known = new Set(locked.map(({ id }) => id));
  const errors = entries.flatMap(({ lineId }, index) =>
    lineId === undefined || known.has(lineId.toLowerCase())
      ? []
      : [{ pointer: `/lines/${index}/lineId`, reason: 'is no line of this count' }],
  );
  if (errors.length > 0) throw invalid(errors);
}
