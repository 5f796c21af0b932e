import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Deadlines, type Tx } from '@ledger/platform';

const HOUSEHOLD_ERASURE = 'household-erasure';
/** A year after the last entry: long enough for claims and audits, not for ever. An estimate, no legal term. */
const RETENTION_SECONDS = 365 * 24 * 3_600;

/**
 * Personal fields end: a year after the last entry or hand-out of an incident names, phones, documents and signatures
 * are erased. What was handed out, to how many people and in which order stays.
 */
@Injectable()
export class HouseholdErasure implements OnModuleInit {
  constructor(private readonly deadlines: Deadlines) {}

  onModuleInit(): void {
    this.deadlines.on(HOUSEHOLD_ERASURE, (tx, { subjectId }) => this.execute(tx, subjectId));
  }

  /** Sets the term of a register anew. */
  async schedule(tx: Tx, incidentId: string): Promise<void> {
    await this.deadlines.schedule(tx, {
      kind: HOUSEHOLD_ERASURE,
      subjectId: incidentId,
      dueInSeconds: RETENTION_SECONDS,
      owner: 'stock-manager',
    });
  }

  private async execute(tx: Tx, incidentId: string): Promise<void> {
    await tx.execute('UPDATE household_registers SET erased_at = now() WHERE incident_id = $1', [incidentId]);
    await tx.execute(
      `UPDATE handout_signatures SET signer_name = NULL, image = NULL, reference = NULL, erased_at = now()
       WHERE erased_at IS NULL AND household_id IN (SELECT id FROM households WHERE incident_id = $1)`,
      [incidentId],
    );
    await tx.execute(
      `UPDATE households SET head_name = NULL, phone = NULL, document_hash = NULL, document_tail = NULL, erased_at = now()
       WHERE incident_id = $1 AND erased_at IS NULL`,
      [incidentId],
    );
  }
}
