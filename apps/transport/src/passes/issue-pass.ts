import { Injectable } from '@nestjs/common';
import type { Tx } from '@ledger/platform';
import { SignJWT } from 'jose';
import { PASS_TYPE, passClaims, type PassTask } from './domain/pass-claims';
import { PASS_ALGORITHM, PassKeys } from './pass-keys';

/** Issues and revokes green-channel passes. */
@Injectable()
export class IssuePass {
  constructor(private readonly keys: PassKeys) {}

  /** @returns the number of the new pass */
  async execute(tx: Tx, task: Omit<PassTask, 'number'>): Promise<string> {
    const { kid, key } = this.keys.signer();
    const number = await nextNumber(tx);
    const token = await new SignJWT({ ...passClaims({ ...task, number }) })
      .setProtectedHeader({ alg: PASS_ALGORITHM, typ: PASS_TYPE, kid })
      .sign(key);
    await tx.execute(
      'INSERT INTO passes (number, trip_id, kid, token, valid_from, valid_until) VALUES ($1, $2, $3, $4, $5, $6)',
      [number, task.tripId, kid, token, task.validFrom, task.validUntil],
    );
    return number;
  }

  /** Ends a pass before its hours do. */
  async revoke(tx: Tx, tripId: string): Promise<void> {
    await tx.execute('UPDATE passes SET revoked_at = $2 WHERE trip_id = $1 AND revoked_at IS NULL', [tripId, tx.now]);
  }
}

/** Day of China and a running number: `P-20260701-000001`. Gaps are harmless. */
async function nextNumber(tx: Tx): Promise<string> {
  const [row] = await tx.query<{ number: string }>(
    `SELECT 'P-' || to_char(now() AT TIME ZONE 'Asia/Shanghai', 'YYYYMMDD') || '-'
              || lpad(nextval('pass_numbers')::text, 6, '0') AS number`,
  );
  return row.number;
}
