import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Deadlines, type Deadline, type Tx } from '@ledger/platform';
import { isOver, type ImportState } from './domain/import-state';
import { dropFileOf } from './stored-files';

const IMPORT_END = 'import-end';
const OWNER = 'stock-manager';
const DAY_SECONDS = 86_400;

/** An import that nobody goes on with is called off; of one that ended, file and staged rows are kept a little longer. */
const DUE_IN_SECONDS = { abandoned: 14 * DAY_SECONDS, over: DAY_SECONDS } as const;

export const scheduleEnd = (
  deadlines: Deadlines,
  tx: Tx,
  importId: string,
  why: keyof typeof DUE_IN_SECONDS,
): Promise<void> =>
  deadlines.schedule(tx, {
    kind: IMPORT_END,
    subjectId: importId,
    dueInSeconds: DUE_IN_SECONDS[why],
    owner: OWNER,
  });

/** Clears up behind imports. What was found, decided and posted stays; only the file and the staged rows go. */
@Injectable()
export class ImportEnd implements OnModuleInit {
  constructor(private readonly deadlines: Deadlines) {}

  onModuleInit(): void {
    this.deadlines.on(IMPORT_END, (tx, deadline) => this.clear(tx, deadline));
  }

  private async clear(tx: Tx, { subjectId }: Deadline): Promise<void> {
    const [row] = await tx.query<{ state: ImportState }>('SELECT state FROM imports WHERE id = $1 FOR UPDATE', [
      subjectId,
    ]);
    if (!row) return;
    if (row.state === 'committing') return scheduleEnd(this.deadlines, tx, subjectId, 'over');
    if (!isOver(row.state)) {
      await tx.execute(`UPDATE imports SET state = 'cancelled', ended_at = now() WHERE id = $1`, [subjectId]);
    }
    await tx.execute('DELETE FROM import_rows WHERE import_id = $1', [subjectId]);
    await dropFileOf(tx, subjectId);
  }
}
