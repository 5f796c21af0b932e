import { Client } from 'pg';
import type { TestCaller, TestService } from '@ledger/testing';
import { KEEPER, type Problem } from './world';

/** A keeper uses pieces of a lot in peacetime; returns the movement's id. */
export async function use(service: TestService, depotId: string, lotId: string, quantityBase: number, note?: string) {
  const body = { kind: 'use', depotId, lines: [{ lotId, quantityBase }], note };
  const answer = await service.request<{ movementId: string }>('POST', '/api/v1/supplies/movements', {
    ...{ as: KEEPER, body },
  });
  if (answer.status !== 201) throw new Error(`use answered ${JSON.stringify(answer.body)}`);
  return answer.body.movementId;
}

export const read = async <Body>(service: TestService, path: string, as: TestCaller): Promise<Body & Problem> =>
  (await service.request<Body & Problem>('GET', `/api/v1/supplies/${path}`, { as })).body;

/** Lets a movement have happened at another time, as only the owner of the database can. */
export async function happenedAt(service: TestService, movementId: string, instant: string): Promise<void> {
  const owner = new Client({ connectionString: service.databaseUrls.ownerUrl });
  await owner.connect();
  await owner.query('ALTER TABLE movements DISABLE TRIGGER movements_append_only');
  await owner.query('UPDATE movements SET posted_at = $2 WHERE id = $1', [movementId, instant]);
  await owner.query('ALTER TABLE movements ENABLE TRIGGER movements_append_only');
  await owner.end();
}
