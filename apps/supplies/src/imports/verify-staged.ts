import { Injectable } from '@nestjs/common';
import { Database, safeInteger, type Tx } from '@ledger/platform';
import { longQuery } from './copy-in';
import { movesStock } from './domain/import-kinds';
import { Replay, type ReplayFault } from './domain/replay';
import { ImportsRepository, type ImportRecord, type Lease } from './imports.repository';
import type { SheetFindings } from './stage-sheets';
import {
  AGAINST_KNOWN_LOTS,
  AGAINST_TAKEN_LOTS,
  HELD_NOW,
  HOLD_RECEIPTS,
  KNOWN_AGREEMENTS,
  KNOWN_DEPOTS,
  KNOWN_NAMES,
  LEDGER_HAS_IMPORTS,
  NEXT_STEPS,
  ODD_LOTS,
  ORDER_BY_DAY,
  OTHER_DEPOTS,
  POSTED_BEFORE,
  REFUSE_OVERDRAWN,
  RESOLVE_LOTS,
  TURN_POSITIONS,
} from './verify-staged.statements';

const STEPS_PER_PAGE = 10_000;
const LOTS_PER_QUESTION = 10_000;

interface LotColumns {
  readonly item_code: string;
  readonly batch_number: string;
  readonly origin: string;
  readonly owner_region_code: string;
}

interface HeldRow extends LotColumns {
  readonly account: string;
  readonly quantity_base: string;
}

interface StepRow extends LotColumns {
  readonly position: string;
  readonly day: string;
  readonly from_account: string;
  readonly to_account: string;
  readonly quantity_base: string;
}

/**
 * Holds staged rows against the books, all rows at once. A sheet that can be told from itself needs little of it; else
 * every lot is looked up, and the rows are played through in the order of posting, beginning with what is there now.
 */
@Injectable()
export class VerifyStaged {
  constructor(
    private readonly database: Database,
    private readonly imports: ImportsRepository,
  ) {}

  async run(record: ImportRecord, lease: Lease, findings: SheetFindings): Promise<void> {
    const run: Run = (sql, ...more) =>
      this.step(lease, async (tx) => (await longQuery<{ rows: number }>(tx, sql, [record.id, ...more]))[0].rows);
    if (record.kind === 'depots') {
      await run(KNOWN_DEPOTS, record.organisationId);
      await run(OTHER_DEPOTS);
    } else if (record.kind === 'agreements') await run(KNOWN_AGREEMENTS, record.organisationId);
    else if (record.kind === 'item-names') await run(KNOWN_NAMES, record.organisationId);
    else if (movesStock(record.kind)) await this.verifyStock(run, { record, lease, findings });
  }

  private async verifyStock(run: Run, { record, lease, findings }: Checked): Promise<void> {
    if (!findings.isInOrder) {
      await run(ORDER_BY_DAY);
      await run(TURN_POSITIONS);
    }
    const hasImports = await run(LEDGER_HAS_IMPORTS, record.organisationId, record.regionCode);
    const repeated = hasImports > 0 ? await run(POSTED_BEFORE) : 0;
    const odd = await this.oddLots(run, findings);
    const conflicts = odd > 0 ? (await run(AGAINST_KNOWN_LOTS)) + (await run(HOLD_RECEIPTS)) : 0;
    const isTold = findings.isSelfContained && findings.isInOrder;
    if (isTold && repeated + conflicts === 0) return;
    await run(RESOLVE_LOTS);
    await run(AGAINST_TAKEN_LOTS);
    await this.play(run, record, lease);
  }

  /** Lots of the sheet that the ledger knows otherwise, or as held: few, so that rows are only looked at for them. */
  private async oddLots(run: Run, { lots }: SheetFindings): Promise<number> {
    let odd = 0;
    for (let first = 0; first < lots.length; first += LOTS_PER_QUESTION) {
      odd += await run(ODD_LOTS, JSON.stringify(lots.slice(first, first + LOTS_PER_QUESTION)));
    }
    return odd;
  }

  private async play(run: Run, record: ImportRecord, lease: Lease): Promise<void> {
    const replay = new Replay();
    for (const row of await this.step(lease, (tx) => longQuery<HeldRow>(tx, HELD_NOW, [record.id]))) {
      replay.hold(row.account, lotOf(row), safeInteger(row.quantity_base));
    }
    let after: readonly [string, string] = ['-infinity', '0'];
    for (;;) {
      const page = [record.id, ...after, STEPS_PER_PAGE];
      const rows = await this.step(lease, (tx) => longQuery<StepRow>(tx, NEXT_STEPS, page));
      const last = rows.at(-1);
      if (!last) return;
      after = [last.day, last.position];
      const faults = rows.flatMap((row) => faultOf(replay, row));
      const codes = faults.map(({ code }) => code);
      if (codes.length > 0)
        await run(
          REFUSE_OVERDRAWN,
          faults.map(({ position }) => position),
          codes,
        );
    }
  }

  private step<T>(lease: Lease, work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.database.transaction(async (tx) => {
      await this.imports.keep(tx, lease);
      return work(tx);
    });
  }
}

type Run = (sql: string, ...more: unknown[]) => Promise<number>;

interface Checked {
  readonly record: ImportRecord;
  readonly lease: Lease;
  readonly findings: SheetFindings;
}

const lotOf = ({ item_code, batch_number, origin, owner_region_code }: LotColumns): string =>
  [item_code, origin, owner_region_code, batch_number].join('|');

function faultOf(replay: Replay, row: StepRow): { position: string; code: ReplayFault }[] {
  const { position, from_account: from, to_account: to } = row;
  const code = replay.move({ lot: lotOf(row), from, to, quantityBase: safeInteger(row.quantity_base) });
  return code ? [{ position, code }] : [];
}
