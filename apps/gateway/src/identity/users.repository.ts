import { Injectable } from '@nestjs/common';
import type { Caller } from '@ledger/contracts';
import { Database } from '@ledger/platform';

export interface Account {
  readonly caller: Caller;
  /** null: nobody signs in to this account with a password. */
  readonly passwordHash: string | null;
}

/** Reads of accounts for signing in. */
@Injectable()
export class UsersRepository {
  constructor(private readonly database: Database) {}

  async findByUsername(username: string): Promise<Account | undefined> {
    const [row] = await this.database.query<Omit<Caller, 'realm'> & { passwordHash: string | null }>(
      `SELECT u.id AS "userId", u.username, u.display_name_zh AS "displayName", u.roles, u.region_code AS "regionCode",
              u.organisation_id AS "organisationId", o.kind AS "organisationKind", u.password_hash AS "passwordHash"
       FROM users u JOIN organisations o ON o.id = u.organisation_id
       WHERE u.username = $1`,
      [username],
    );
    if (!row) return undefined;
    const { passwordHash, ...person } = row;
    return { caller: { ...person, realm: 'real' }, passwordHash };
  }

  /** How many published demonstration accounts exist. */
  async countDemonstrationAccounts(): Promise<number> {
    const [{ count }] = await this.database.query<{ count: number }>(
      'SELECT count(*)::int AS count FROM users WHERE demonstration',
    );
    return count;
  }
}
