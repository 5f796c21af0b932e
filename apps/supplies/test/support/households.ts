import type { TestCaller, TestService } from '@ledger/testing';
import type { RecordHandoutResponse } from '../../src/sites/dto/handout.dto';
import type { RegisterHouseholdsResponse } from '../../src/sites/dto/household.dto';
import { KEEPER, type Journey, type Problem } from './world';

/** Two people of whom nobody comes first, unless said otherwise. */
export const aHousehold = (overrides: object = {}) => ({ headName: '张三', peopleCount: 2, ...overrides });

export const register = (
  service: TestService,
  { order }: Journey,
  rows: readonly object[],
  as: TestCaller = KEEPER,
  key?: string,
) =>
  service.request<RegisterHouseholdsResponse & Problem>(
    'POST',
    `/api/v1/supplies/sites/${order.site.siteId}/households`,
    { as, body: { rows }, key },
  );

/** The ids of newly registered households. */
export async function registered(service: TestService, journey: Journey, rows: readonly object[]): Promise<string[]> {
  const { status, body } = await register(service, journey, rows);
  if (status !== 201) throw new Error(`registration answered ${JSON.stringify(body)}`);
  return body.households.map(({ householdId }) => householdId);
}

/** One piece of the journey's line for every recipient, unless it says how many. */
export const serve = (
  service: TestService,
  { order }: Journey,
  recipients: readonly { readonly quantityBase?: number; readonly [field: string]: unknown }[],
  more: { readonly as?: TestCaller; readonly [field: string]: unknown } = {},
) => {
  const [{ lineId }] = order.lines;
  const { as = KEEPER, ...fields } = more;
  const list = recipients.map(({ quantityBase = 1, ...recipient }) => ({
    ...recipient,
    lines: [{ lineId, quantityBase }],
  }));
  const total = list.reduce((sum, { lines }) => sum + lines[0].quantityBase, 0);
  return service.request<RecordHandoutResponse & Problem>(
    'POST',
    `/api/v1/supplies/sites/${order.site.siteId}/hand-outs`,
    {
      as,
      body: { allocationId: order.allocationId, lines: [{ lineId, quantityBase: total }], recipients: list, ...fields },
    },
  );
};
