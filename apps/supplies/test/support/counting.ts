import { randomUUID } from 'node:crypto';
import { waitFor, type TestCaller, type TestService } from '@ledger/testing';
import type { CountDetailResponse } from '../../src/counts/dto/count-list.dto';
import type { CountStateResponse, OpenCountResponse, RecordCountResponse } from '../../src/counts/dto/count.dto';
import { KEEPER, STOCK_MANAGER, type Problem, type TestDepot } from './world';

const COUNTS = '/api/v1/supplies/counts';

export const anotherKeeper = (displayName: string): TestCaller => ({
  roles: ['keeper'],
  userId: randomUUID(),
  displayName,
});

export const LI = anotherKeeper('李保管');

export const open = (service: TestService, body: object, as: TestCaller = STOCK_MANAGER) =>
  service.request<OpenCountResponse & Problem>('POST', COUNTS, { as, body });

export async function readCount(service: TestService, id: string, as: TestCaller): Promise<CountDetailResponse> {
  const answer = await service.request<CountDetailResponse>('GET', `${COUNTS}/${id}?limit=200`, { as });
  if (answer.status !== 200) throw new Error(`reading a count answered ${JSON.stringify(answer.body)}`);
  return answer.body;
}

/** Opens a count and reads its lines as the manager who opened it. */
export async function aCount(service: TestService, body: object): Promise<CountDetailResponse> {
  const answer = await open(service, body);
  if (answer.status !== 201) throw new Error(`opening a count answered ${JSON.stringify(answer.body)}`);
  return readCount(service, answer.body.countId, STOCK_MANAGER);
}

export const record = (
  service: TestService,
  id: string,
  lines: readonly object[],
  as: TestCaller = KEEPER,
  more: { readonly countedAt?: string; readonly key?: string } = {},
) =>
  service.request<RecordCountResponse & Problem>('POST', `${COUNTS}/${id}/records`, {
    as,
    body: { lines, countedAt: more.countedAt },
    key: more.key,
  });

type State = CountStateResponse & Problem;

export const submit = (service: TestService, id: string, as: TestCaller = KEEPER) =>
  service.request<State>('POST', `${COUNTS}/${id}/submission`, { as, body: {} });

export const approve = (service: TestService, id: string, as: TestCaller = STOCK_MANAGER) =>
  service.request<State>('POST', `${COUNTS}/${id}/approval`, { as, body: {} });

export const reject = (service: TestService, id: string, body: object, as: TestCaller = STOCK_MANAGER) =>
  service.request<State>('POST', `${COUNTS}/${id}/rejection`, { as, body });

/** Waits until a count that is left to its deadline has come to a state. */
export const due = (service: TestService, id: string, state: string) =>
  waitFor(`the count to be ${state}`, async () => (await readCount(service, id, STOCK_MANAGER)).state === state);

/** Lets two keepers count all lines of a count alike, so that it is handed in. */
export async function countAll(
  service: TestService,
  count: CountDetailResponse,
  countedBase: number,
  more: readonly { readonly found: object; readonly countedBase: number }[] = [],
): Promise<void> {
  const lines = [...count.lineItems.map(({ id }) => ({ lineId: id, countedBase })), ...more];
  await record(service, count.id, lines);
  const { body } = await submit(service, count.id);
  if (body.state !== 'recounting') return;
  const again = body.recountLineIds;
  const detail = await readCount(service, count.id, KEEPER);
  const entries = detail.lineItems.filter(({ id }) => again.includes(id));
  const counted = entries.map(({ id, origin }) => ({
    lineId: id,
    countedBase: origin === 'found' ? more[0].countedBase : countedBase,
  }));
  await record(service, count.id, counted, LI);
  await submit(service, count.id);
}

/** A full count of the depot with a variance that waits for approval; KEEPER handed it in, LI counted last. */
export async function submitted(
  service: TestService,
  depot: TestDepot,
  countedBase: number,
): Promise<CountDetailResponse> {
  const count = await aCount(service, { depotId: depot.id, kind: 'full' });
  await countAll(service, count, countedBase);
  return count;
}
