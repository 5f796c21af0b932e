import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DomainError } from '@ledger/contracts';
import { Database, type Tx } from '@ledger/platform';
import { ADDRESS_LIMIT, USER_LIMIT, waitAfterAttempt, type AttemptLimit } from './domain/attempt-limit';

interface Subject {
  readonly kind: 'address' | 'user';
  readonly hash: string;
  readonly limit: AttemptLimit;
}
export interface SignInSource {
  readonly username: string;
  /** Network address of the caller. */
  readonly address: string;
}

/** How many forgotten rows one attempt clears away, so that the table stays small without a job of its own. */
const CLEARED_PER_ATTEMPT = 20;

/**
 * Counts sign-in attempts per address and per user name in the database, so that all copies of the gateway share the
 * count. An attempt is counted before the password is looked at: parallel guesses cannot slip past the limit.
 */
@Injectable()
export class SignInAttempts {
  constructor(private readonly database: Database) {}

  /** @throws DomainError TOO_MANY_REQUESTS with `retryAfterSeconds` while the address or the user has to wait */
  async count(source: SignInSource): Promise<void> {
    await this.database.transaction(async (tx) => {
      for (const subject of subjectsOf(source)) await countOne(tx, subject);
      await clearForgotten(tx);
    });
  }

  /** After a success: the user starts afresh, the address gets this attempt back. */
  async forgive(source: SignInSource): Promise<void> {
    const [address, user] = subjectsOf(source);
    await this.database.transaction(async (tx) => {
      await tx.execute(
        `UPDATE sign_in_attempts SET attempts = greatest(attempts - 1, 0) WHERE kind = $1 AND subject_hash = $2`,
        [address.kind, address.hash],
      );
      await tx.execute(`DELETE FROM sign_in_attempts WHERE kind = $1 AND subject_hash = $2`, [user.kind, user.hash]);
    });
  }
}

async function countOne(tx: Tx, { kind, hash, limit }: Subject): Promise<void> {
  const [counted] = await tx.query<{ attempts: number }>(
    `INSERT INTO sign_in_attempts AS a (kind, subject_hash, attempts, last_attempt_at, blocked_until)
     VALUES ($1, $2, 1, now(), '-infinity')
     ON CONFLICT (kind, subject_hash) DO UPDATE
       SET attempts = CASE WHEN a.last_attempt_at < now() - make_interval(secs => $3) THEN 1 ELSE a.attempts + 1 END,
           last_attempt_at = now()
       WHERE a.blocked_until <= now()
     RETURNING attempts`,
    [kind, hash, limit.forgetAfterSeconds],
  );
  if (!counted) throw await waiting(tx, kind, hash);
  const waitSeconds = waitAfterAttempt(limit, counted.attempts);
  if (waitSeconds === 0) return;
  await tx.execute(
    `UPDATE sign_in_attempts SET blocked_until = now() + make_interval(secs => $3)
     WHERE kind = $1 AND subject_hash = $2`,
    [kind, hash, waitSeconds],
  );
}

async function waiting(tx: Tx, kind: string, hash: string): Promise<DomainError> {
  const [row] = await tx.query<{ seconds: number }>(
    `SELECT greatest(1, ceil(extract(epoch FROM blocked_until - now())))::int AS seconds
     FROM sign_in_attempts WHERE kind = $1 AND subject_hash = $2`,
    [kind, hash],
  );
  return new DomainError('TOO_MANY_REQUESTS', { facts: { retryAfterSeconds: row?.seconds ?? 1 } });
}

async function clearForgotten(tx: Tx): Promise<void> {
  const forgetAfterSeconds = Math.max(ADDRESS_LIMIT.forgetAfterSeconds, USER_LIMIT.forgetAfterSeconds);
  await tx.execute(
    `DELETE FROM sign_in_attempts WHERE (kind, subject_hash) IN (
       SELECT kind, subject_hash FROM sign_in_attempts
       WHERE last_attempt_at < now() - make_interval(secs => $1) AND blocked_until <= now()
       ORDER BY last_attempt_at LIMIT $2 FOR UPDATE SKIP LOCKED)`,
    [forgetAfterSeconds, CLEARED_PER_ATTEMPT],
  );
}

/** The address first: rows are locked in this order. */
const subjectsOf = ({ username, address }: SignInSource): [Subject, Subject] => [
  { kind: 'address', hash: hashOf(address), limit: ADDRESS_LIMIT },
  { kind: 'user', hash: hashOf(username), limit: USER_LIMIT },
];

const hashOf = (text: string): string => createHash('sha256').update(text).digest('base64url');
