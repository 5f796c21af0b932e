import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { DomainError } from '@ledger/contracts';
import { Database, Deadlines, PeriodicTask, isTransientFault, newId } from '@ledger/platform';
import { CheckImport } from './check-import';
import { nextState } from './domain/import-state';
import { scheduleEnd } from './import-end';
import { ImportsRepository, LeaseLostError, type ImportRecord, type Lease } from './imports.repository';
import { InspectImport } from './inspect-import';
import { PostImport } from './post-import';
import { StoredFiles } from './stored-files';

const SWEEP_MS = 2_000;
const CLEAN_UP_MS = 600_000;
const MAX_ATTEMPTS = 5;

/**
 * Works on imports in the background, one at a time in each copy of the service. A job is a row with a lease: when the
 * copy that has it dies, another one goes on where it stopped.
 */
@Injectable()
export class ImportWorker implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(ImportWorker.name);
  private readonly owner = newId();
  private readonly task = new PeriodicTask('import worker', SWEEP_MS, () => this.sweep(), this.logger);
  private stopping = new AbortController();
  private cleanedUpAt = 0;

  constructor(
    private readonly database: Database,
    private readonly imports: ImportsRepository,
    private readonly files: StoredFiles,
    private readonly deadlines: Deadlines,
    private readonly inspect: InspectImport,
    private readonly check: CheckImport,
    private readonly post: PostImport,
  ) {}

  onApplicationBootstrap(): void {
    this.stopping = new AbortController();
    this.task.start();
  }

  /** Finishes the piece of work in hand and lets go of the job. */
  async onModuleDestroy(): Promise<void> {
    this.stopping.abort();
    await this.task.stop();
  }

  /** There is a job now. */
  wake(): void {
    this.task.wake();
  }

  private async sweep(): Promise<void> {
    for (let record = await this.next(); record; record = await this.next()) await this.work(record);
    if (Date.now() - this.cleanedUpAt < CLEAN_UP_MS) return;
    this.cleanedUpAt = Date.now();
    await this.files.dropOrphans();
  }

  private async next(): Promise<ImportRecord | undefined> {
    return this.stopping.signal.aborted ? undefined : this.imports.lease(this.owner);
  }

  private async work(record: ImportRecord): Promise<void> {
    const lease: Lease = { importId: record.id, owner: this.owner, signal: this.stopping.signal };
    try {
      await this.do(record, lease);
    } catch (error) {
      await this.settle(record, lease, error as Error);
    }
  }

  private async do(record: ImportRecord, lease: Lease): Promise<void> {
    if (record.state === 'uploaded') await this.inspect.run(record, lease);
    else if (record.state === 'checking') await this.check.run(record, lease);
    else if (record.state === 'committing') await this.post.run(record, lease);
  }

  private async settle(record: ImportRecord, lease: Lease, error: Error): Promise<void> {
    if (error instanceof LeaseLostError) {
      if (lease.signal?.aborted) await this.imports.release(lease);
      return;
    }
    const isLast = record.attempts + 1 >= MAX_ATTEMPTS && !isTransientFault(error);
    if (error instanceof DomainError) return this.fail(record, lease, error.code, error.details.detail);
    this.logger.error({ importId: record.id, stack: error.stack }, 'work on an import failed');
    if (isLast) return this.fail(record, lease, 'INTERNAL_FAULT', undefined);
    await this.imports.putOff(lease, 2 ** Math.min(record.attempts, 5));
  }

  private async fail(record: ImportRecord, lease: Lease, code: string, detail: string | undefined): Promise<void> {
    await this.database.transaction(async (tx) => {
      await this.imports.keep(tx, lease);
      if (record.state === 'committing') await this.imports.countPosted(tx, record.id);
      await this.imports.end(tx, record.id, nextState(record.state, 'fail'), { code, detail: detail ?? null });
      await scheduleEnd(this.deadlines, tx, record.id, 'over');
    });
  }
}
