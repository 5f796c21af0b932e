import { randomUUID } from 'node:crypto';
import { ReserveCallChanged, type ReserveCallState } from '@ledger/contracts';
import { HEQU, type TestCaller, type TestService } from '@ledger/testing';
import type { CallDetailResponse, CallStateResponse, PlaceCallResponse } from '../../src/reserves/dto/call.dto';
import type { CallableResponse } from '../../src/reserves/dto/callable.dto';
import type { ReserveContractIdResponse, ReserveContractResponse } from '../../src/reserves/dto/contract.dto';
import { APPROVER, DISPATCHER, STOCK_MANAGER, TENT, type Problem, type TestDepot } from './world';

/** The enterprise of the tests: its people see and say what concerns its own contracts. */
export const ENTERPRISE = randomUUID();
export const ENTERPRISE_KEEPER: TestCaller = {
  roles: ['keeper'],
  userId: randomUUID(),
  displayName: '李厂长',
  organisationId: ENTERPRISE,
  organisationKind: 'enterprise',
};

const days = (count: number): string =>
  new Date(Date.now() + 8 * 3_600_000 + count * 86_400_000).toISOString().slice(0, 10);
/** A calendar day in China, so many days from today. */
export const dayFromNow = days;
export const inHours = (count: number): string => new Date(Date.now() + count * 3_600_000).toISOString();

let documents = 0;
const nextDocument = (): string => `XY-${++documents}`;

/** 500 pieces within 24 hours, for Hequ and all below it. */
export const anAgreement = (overrides: Record<string, unknown> = {}) => ({
  documentNumber: nextDocument(),
  mode: 'agreement',
  serves: [HEQU],
  counterpartyName: '河曲演示商贸公司',
  itemCode: TENT,
  validFrom: days(-100),
  validTo: days(200),
  responseHours: 24,
  quantityBase: 500,
  activate: true,
  ...overrides,
});

/** 800 pieces held by an enterprise, of which 300 have to stay, confirmed every 30 days with 3 days of grace. */
export const anEnterpriseReserve = (overrides: Record<string, unknown> = {}) =>
  anAgreement({
    mode: 'enterprise',
    enterpriseOrganisationId: ENTERPRISE,
    responseHours: 12,
    quantityBase: 800,
    minimumBase: 300,
    confirmEveryDays: 30,
    graceDays: 3,
    ...overrides,
  });

/** A call whose goods go to a depot. */
export const toDepot = ({ id }: TestDepot, quantityBase: number, more: Record<string, unknown> = {}) => ({
  quantityBase,
  destinationRegionCode: undefined,
  destinationDepotId: id,
  ...more,
});

/** A plant that makes 200 a day, from the first day on. */
export const aPlant = (overrides: Record<string, unknown> = {}) =>
  anAgreement({
    mode: 'capacity',
    enterpriseOrganisationId: ENTERPRISE,
    responseHours: 0,
    quantityBase: 10_000,
    ratePerDay: 200,
    startUpHours: 0,
    confirmEveryDays: 30,
    graceDays: 3,
    ...overrides,
  });

type Body = Readonly<Record<string, unknown>>;

/** Requests of this feature, as its people make them. */
export class ReserveDesk {
  constructor(readonly service: TestService) {}

  post<Answer = Record<string, unknown>>(path: string, body: Body, as: TestCaller = STOCK_MANAGER) {
    return this.service.request<Answer & Problem>('POST', `/api/v1/supplies/${path}`, { as, body });
  }

  get<Answer = Record<string, unknown>>(path: string, as: TestCaller = STOCK_MANAGER) {
    return this.service.request<Answer & Problem>('GET', `/api/v1/supplies/${path}`, { as });
  }

  create(body: Body, as?: TestCaller) {
    return this.post<ReserveContractIdResponse>('reserve-contracts', body, as);
  }

  /** The id of a contract that was made; fails when it was refused. */
  async contract(body: Body, as?: TestCaller): Promise<string> {
    const answer = await this.create(body, as);
    if (answer.status !== 201) throw new Error(`contract: ${JSON.stringify(answer.body)}`);
    return answer.body.contractId;
  }

  async read(contractId: string, as?: TestCaller): Promise<ReserveContractResponse> {
    return (await this.get<ReserveContractResponse>(`reserve-contracts/${contractId}`, as)).body;
  }

  place(contractId: string, body: Body = {}, as: TestCaller = DISPATCHER) {
    const call = { quantityBase: 100, destinationRegionCode: HEQU, reason: '演练', ...body };
    return this.post<PlaceCallResponse>(`reserve-contracts/${contractId}/calls`, call, as);
  }

  /** The id of a call that was placed; fails when it was refused. */
  async call(contractId: string, body: Body = {}, as?: TestCaller): Promise<string> {
    const answer = await this.place(contractId, body, as);
    if (answer.status !== 201) throw new Error(`call: ${JSON.stringify(answer.body)}`);
    return answer.body.callId;
  }

  async readCall(callId: string, as?: TestCaller): Promise<CallDetailResponse> {
    return (await this.get<CallDetailResponse>(`reserve-calls/${callId}`, as)).body;
  }

  async callableOf(contractId: string): Promise<number> {
    return (await this.read(contractId)).callableBase;
  }

  /** The enterprise's word on a call. */
  answer(callId: string, body: Body, as: TestCaller = ENTERPRISE_KEEPER) {
    return this.post<CallStateResponse>(`reserve-calls/${callId}/answer`, body, as);
  }

  depart(callId: string, as: TestCaller = ENTERPRISE_KEEPER) {
    return this.post<CallStateResponse>(`reserve-calls/${callId}/departure`, {}, as);
  }

  cancel(callId: string, as: TestCaller = DISPATCHER) {
    return this.post<CallStateResponse>(`reserve-calls/${callId}/cancellation`, { reason: '不再需要' }, as);
  }

  sign(callId: string, approve = true, as: TestCaller = APPROVER) {
    return this.post<CallStateResponse>(`reserve-calls/${callId}/approval`, { approve, reason: '核' }, as);
  }

  /** What the events said of a call, in their order. */
  async told(callId: string): Promise<[change: string, state: string][]> {
    const events = await this.service.published(ReserveCallChanged);
    return events.filter((event) => event.callId === callId).map(({ change, state }) => [change, state]);
  }

  /** What a call waits for, and whom it asks, in so many hours. */
  async callDeadline(callId: string): Promise<{ kind: string; owner: string; hours: number } | undefined> {
    const [row] = await this.service.database.query<{ kind: string; owner: string; hours: number }>(
      `SELECT kind, owner, round(extract(epoch FROM due_at - now()) / 3600)::integer AS hours FROM deadlines
       WHERE subject_id = $1`,
      [callId],
    );
    return row;
  }

  receive(callId: string, depotId: string, quantityBase: number, as: TestCaller = { roles: ['keeper'] }) {
    const lines = [{ batchNumber: `C-${randomUUID()}`, quantityBase }];
    return this.post<{ state: ReserveCallState; openBase: number; receipt: { movementId: string } }>(
      `reserve-calls/${callId}/receipts`,
      { depotId, lines },
      as,
    );
  }

  confirm(contractId: string, figures: Body, as: TestCaller = ENTERPRISE_KEEPER) {
    return this.post<{ counts: boolean; nextDueOn: string | null; belowMinimum: boolean }>(
      `reserve-contracts/${contractId}/confirmations`,
      figures,
      as,
    );
  }

  async callable(query = '', as: TestCaller = DISPATCHER): Promise<CallableResponse> {
    const answer = await this.get<CallableResponse>(`items/${TENT}/callable${query}`, as);
    if (answer.status !== 200) throw new Error(`callable: ${JSON.stringify(answer.body)}`);
    return answer.body;
  }

  /** What the curve says at an hour. */
  async curveAt(hours: number, query = ''): Promise<number | undefined> {
    const { points } = await this.callable(`?hours=${hours}${query}`);
    return points.find((point) => point.hours === hours)?.quantityBase;
  }

  /** Lets days pass since a contract came into force and was confirmed, by moving its dates. */
  async letDaysPass(contractId: string, count: number): Promise<void> {
    await this.service.database.query(
      `UPDATE reserve_contracts SET activated_at = activated_at - $2 * interval '1 day',
              confirmed_at = confirmed_at - $2 * interval '1 day' WHERE id = $1`,
      [contractId, count],
    );
  }

  /** Ends every contract and takes all goods out of mind, so that the next test begins with an empty curve. */
  async clear(): Promise<void> {
    await this.service.database.query(`UPDATE reserve_contracts SET state = 'ended' WHERE state <> 'ended'`);
    await this.service.database.query(`UPDATE lots SET quality = 'held'`);
  }

  /** What a refused request must leave as it was; what other features do in the background is left out. */
  async counts(): Promise<Record<string, string>> {
    const tables = [
      ...['reserve_contracts', 'reserve_contract_regions', 'reserve_contract_confirmations'],
      ...['reserve_contract_changes', 'reserve_contract_calls', 'reserve_contract_call_receipts'],
      ...['reserve_contract_call_rules', 'reserve_contract_fees', 'enterprise_capacity_changes'],
      ...['movements', 'idempotency_keys'],
    ];
    const counts = tables.map((table) => `(SELECT count(*) FROM ${table}) AS ${table}`);
    const contentOf = (table: string): string =>
      `(SELECT md5(string_agg(content::text, '' ORDER BY id)) FROM ${table} AS content) AS "content of ${table}"`;
    const [row] = await this.service.database.query<Record<string, string>>(
      `SELECT ${counts.join(', ')}, ${contentOf('reserve_contracts')}, ${contentOf('reserve_contract_calls')},
              (SELECT count(*) FROM deadlines WHERE kind LIKE 'reserve-%') AS deadlines,
              (SELECT count(*) FROM outbox WHERE type LIKE 'supplies.reserve-c%'
                 OR type IN ('supplies.movement-posted.v1', 'supplies.enterprise-below-minimum.v1')) AS outbox`,
    );
    return row;
  }

  /** Makes the deadlines of a subject due now; the sweeper finds them. */
  async makeDue(subjectId: string): Promise<void> {
    await this.service.database.query(`UPDATE deadlines SET due_at = now() WHERE subject_id = $1`, [subjectId]);
  }
}

/** A contract that was confirmed, called and received in part, with what its history is made of. */
export async function aReserveInUse(service: TestService, depot: TestDepot): Promise<void> {
  const desk = new ReserveDesk(service);
  const plant = await desk.contract(aPlant());
  await desk.confirm(plant, { ratePerDay: 200, startUpHours: 0, keyInputsLevel: 'sufficient' });
  const contractId = await desk.contract(anEnterpriseReserve());
  await desk.confirm(contractId, { stockBase: 800 });
  const callId = await desk.call(contractId, toDepot(depot, 100));
  await desk.receive(callId, depot.id, 40);
  const rule = { regionCode: HEQU, validFrom: days(0), fromQuantityBase: 1_000, basis: '测试' };
  await desk.post('reserve-call-rules', rule, APPROVER);
}
