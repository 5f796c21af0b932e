import { Injectable, type OnApplicationBootstrap, type OnModuleInit } from '@nestjs/common';
import { LedgerSealed } from '@ledger/contracts';
import { Database, Deadlines, Outbox, safeInteger, type Deadline, type Tx } from '@ledger/platform';

export const LEDGER_SEAL = 'ledger-seal';

/** There is one ledger in a database, and so one deadline of this kind, whatever number of copies of the service runs. */
const LEDGER = '00000000-0000-7000-8000-00000000ce11';
const OWNER = 'system-administrator';
const SEAL_EVERY_SECONDS = 1;
const MOVEMENTS_PER_BLOCK = 1_000;
/** So that one run stays well within the time a handler may take. */
const BLOCKS_PER_RUN = 4;

/** Sequence numbers up to `lastSequence` were drawn by transactions that all have ended once `untilTransaction` is past. */
interface Candidate {
  readonly lastSequence: string;
  readonly untilTransaction: string;
}

interface SealedBlock {
  readonly number: string;
  readonly hash: string;
  readonly last_sequence: string;
  readonly sequences: readonly string[];
  readonly sealed_at: Date;
}

/**
 * Seals movements into blocks in the background, off the path of those who post. Sequence numbers are drawn before the
 * commit, so a higher one can be there while a lower one is still on its way: only numbers are sealed that were drawn
 * before an earlier look, by transactions of which none is running any more.
 */
@Injectable()
export class SealLedgerUseCase implements OnModuleInit, OnApplicationBootstrap {
  constructor(
    private readonly database: Database,
    private readonly deadlines: Deadlines,
    private readonly outbox: Outbox,
  ) {}

  onModuleInit(): void {
    this.deadlines.on(LEDGER_SEAL, (tx, deadline) => this.run(tx, deadline));
  }

  /** A seal that is planned already is left alone. */
  async onApplicationBootstrap(): Promise<void> {
    await this.database.transaction(async (tx) => {
      const planned = await tx.query('SELECT 1 FROM deadlines WHERE kind = $1', [LEDGER_SEAL]);
      if (planned.length === 0) await this.plan(tx, undefined, 0);
    });
  }

  private async run(tx: Tx, { payload }: Deadline): Promise<void> {
    const candidate = payload.candidate as Candidate | undefined;
    const isSettled = candidate !== undefined && (await hasEnded(tx, candidate));
    const isMore = isSettled && (await this.execute(tx, candidate.lastSequence)) === BLOCKS_PER_RUN;
    const next = isSettled || !candidate ? await lookAhead(tx) : candidate;
    await this.plan(tx, isMore ? candidate : next, isMore ? 0 : SEAL_EVERY_SECONDS);
  }

  /**
   * Seals the movements up to a number in blocks, and announces the last block: whoever keeps its hash elsewhere can tell
   * later that nothing before it was changed, not even by the owner of the database.
   * @returns how many blocks were made
   */
  async execute(tx: Tx, lastSequence: string): Promise<number> {
    let latest: SealedBlock | undefined;
    let count = 0;
    for (; count < BLOCKS_PER_RUN; count++) {
      const [block] = await tx.query<SealedBlock>('SELECT * FROM seal_block($1, $2)', [
        lastSequence,
        MOVEMENTS_PER_BLOCK,
      ]);
      if (!block) break;
      latest = block;
    }
    if (latest) await this.announce(tx, latest);
    return count;
  }

  private async announce(tx: Tx, block: SealedBlock): Promise<void> {
    const { number, hash, last_sequence, sealed_at } = block;
    const cause = { correlationId: LEDGER, causationId: LEDGER_SEAL, realm: 'real' } as const;
    await this.outbox.add(
      tx,
      LedgerSealed,
      {
        ledger: 'stock',
        blockNumber: safeInteger(number),
        hash,
        lastSequence: safeInteger(last_sequence),
        sealedAt: sealed_at.toISOString(),
      },
      cause,
    );
  }

  private async plan(tx: Tx, candidate: Candidate | undefined, dueInSeconds: number): Promise<void> {
    const deadline = { kind: LEDGER_SEAL, subjectId: LEDGER, owner: OWNER, dueInSeconds };
    await this.deadlines.schedule(tx, { ...deadline, payload: candidate ? { candidate } : {} });
  }
}

/** First the number, then the transactions: whoever drew a number up to it had a transaction id before the second look. */
async function lookAhead(tx: Tx): Promise<Candidate> {
  const [sequence] = await tx.query<{ last_value: string }>('SELECT last_value FROM movements_sequence_seq');
  const [snapshot] = await tx.query<{ next: string }>('SELECT pg_snapshot_xmax(pg_current_snapshot())::text AS next');
  return { lastSequence: sequence.last_value, untilTransaction: snapshot.next };
}

async function hasEnded(tx: Tx, { untilTransaction }: Candidate): Promise<boolean> {
  const [row] = await tx.query<{ ended: boolean }>(
    'SELECT pg_snapshot_xmin(pg_current_snapshot()) >= $1::text::xid8 AS ended',
    [untilTransaction],
  );
  return row.ended;
}
