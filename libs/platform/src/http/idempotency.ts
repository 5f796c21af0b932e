import { Injectable, Logger } from '@nestjs/common';
import { DomainError } from '@ledger/contracts';
import type { Database, Tx } from '../database/database';
import type { Identity } from './request-identity.decorator';

/** Gives a repeated request its first answer, for as long as `Retention` keeps the key. */
@Injectable()
export class Idempotency {
  private readonly logger = new Logger(Idempotency.name);

  constructor(private readonly database: Database) {}

  /**
   * Runs `work` in one transaction with the key's row and the stored answer. The same key with the same content gives
   * the first answer again; a refusal leaves no trace, so the key stays free.
   * @param work  returns the answer, made of plain JSON values
   * @throws DomainError IDEMPOTENCY_KEY_REUSED when the key came before with other content; whatever `work` throws
   */
  async once<T extends object>(identity: Identity, work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.database.transaction(async (tx) => {
      const scope = [identity.caller.userId, identity.route, identity.key];
      const inserted = await tx.execute(
        `INSERT INTO idempotency_keys (caller, route, key, content_hash) VALUES ($1, $2, $3, $4)
         ON CONFLICT DO NOTHING`,
        [...scope, identity.contentHash],
      );
      if (inserted === 0) return this.firstAnswer<T>(tx, scope, identity.contentHash);
      const answer = await work(tx);
      await tx.execute('UPDATE idempotency_keys SET answer = $4 WHERE caller = $1 AND route = $2 AND key = $3', [
        ...scope,
        JSON.stringify(answer),
      ]);
      return JSON.parse(JSON.stringify(answer)) as T;
    });
  }

  private async firstAnswer<T>(tx: Tx, scope: string[], contentHash: string): Promise<T> {
    const [row] = await tx.query<{ content_hash: string; answer: T }>(
      'SELECT content_hash, answer FROM idempotency_keys WHERE caller = $1 AND route = $2 AND key = $3',
      scope,
    );
    if (!row || row.content_hash !== contentHash) throw new DomainError('IDEMPOTENCY_KEY_REUSED');
    this.logger.debug(`repeated ${scope[1]}`);
    return row.answer;
  }
}
