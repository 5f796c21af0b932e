import { randomUUID } from 'node:crypto';
import { HEQU, type TestCaller, type TestService } from '@ledger/testing';
import type { CapacityChangesResponse, CapacityListResponse } from '../src/reserves/dto/capacity-list.dto';
import { ENTERPRISE, ENTERPRISE_KEEPER, ReserveDesk, aPlant, dayFromNow } from './support/reserves';
import { AUDITOR, DISPATCHER, TENT, startSupplies } from './support/world';

let service: TestService;
let desk: ReserveDesk;

beforeAll(async () => {
  service = await startSupplies();
  desk = new ReserveDesk(service);
});
afterAll(() => service.stop());

const anEntry = (overrides: Record<string, unknown> = {}) => ({
  enterpriseOrganisationId: randomUUID(),
  enterpriseName: '河曲演示帐篷厂',
  itemCode: TENT,
  regionCode: HEQU,
  ratePerDay: 200,
  reason: '产能调查',
  source: '工信局〔2026〕5号',
  ...overrides,
});
type Entry = ReturnType<typeof anEntry> & { readonly effectiveOn?: string };
const enter = (entry: Entry, as?: TestCaller) => desk.post('capacity-list/entries', entry, as);
const remove = ({ enterpriseName: _name, ratePerDay: _rate, ...entry }: Entry, more = {}, as?: TestCaller) =>
  desk.post('capacity-list/removals', { ...entry, reason: '停产', ...more }, as);
const list = async (query = '', as?: TestCaller) =>
  (await desk.get<CapacityListResponse>(`capacity-list?limit=200${query}`, as)).body.items;
const isListed = async ({ enterpriseOrganisationId }: Entry, asOf = dayFromNow(0)): Promise<boolean> =>
  (await list(`&asOf=${asOf}`)).some((entry) => entry.enterpriseOrganisationId === enterpriseOrganisationId);

describe('the capacity list', () => {
  it('records who came on it and off it, when, why and on what grounds, and tells the list of any day', async () => {
    const entry = anEntry({ effectiveOn: dayFromNow(-20) });
    expect((await enter(entry)).body).toMatchObject({ change: 'entered', effectiveOn: dayFromNow(-20) });
    expect((await remove(entry, { effectiveOn: dayFromNow(-10) })).body).toMatchObject({ change: 'removed' });
    expect((await enter({ ...entry, ratePerDay: 90, effectiveOn: dayFromNow(0) })).status).toBe(201);
    const days = [-21, -20, -11, -10, -1, 0].map(async (count) => [count, await isListed(entry, dayFromNow(count))]);
    expect(await Promise.all(days)).toEqual([
      [-21, false],
      [-20, true],
      [-11, true],
      [-10, false],
      [-1, false],
      [0, true],
    ]);
    const { items } = (await desk.get<CapacityChangesResponse>('capacity-list/changes?limit=3')).body;
    expect(
      items.map(({ change, reason, source, recordedBy, ratePerDay }) => [
        change,
        reason,
        source,
        recordedBy,
        ratePerDay,
      ]),
    ).toEqual([
      ['entered', '产能调查', '工信局〔2026〕5号', 'Manager', 90],
      ['removed', '停产', '工信局〔2026〕5号', 'Manager', null],
      ['entered', '产能调查', '工信局〔2026〕5号', 'Manager', 200],
    ]);
  });

  it('has an enterprise once per item and region, and lets two who enter it at the same time know', async () => {
    const entry = anEntry();
    const answers = await Promise.all([enter(entry), enter(entry), enter(entry)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
    expect((await enter(entry)).body.code).toBe('SUPPLIES_CAPACITY_LISTED');
    expect((await enter({ ...entry, regionCode: '140930101' })).status).toBe(201);
  });

  it.each([
    ['an entry tomorrow', { effectiveOn: dayFromNow(1) }, 'REQUEST_INVALID'],
    ['an entry without a source', { source: '' }, 'REQUEST_INVALID'],
    ['an entry that makes nothing', { ratePerDay: 0 }, 'REQUEST_INVALID'],
    ['an entry of an item nobody knows', { itemCode: 'XXX-999' }, 'SUPPLIES_ITEM_UNKNOWN'],
    ['an entry of a neighbour county', { regionCode: '140931' }, 'AUTH_REGION_OUT_OF_SCOPE'],
  ])('refuses %s', async (_what, overrides, code) => {
    const before = await desk.counts();
    expect((await enter(anEntry(overrides))).body.code).toBe(code);
    expect(await desk.counts()).toEqual(before);
  });

  it('refuses a removal of what is not on it, or before it came on it', async () => {
    const entry = anEntry({ effectiveOn: dayFromNow(-5) });
    expect((await remove(entry)).body.code).toBe('SUPPLIES_CAPACITY_NOT_LISTED');
    await enter(entry);
    expect((await remove(entry, { effectiveOn: dayFromNow(-6) })).body.code).toBe('REQUEST_INVALID');
    expect((await remove(entry)).status).toBe(201);
    expect((await remove(entry)).body.code).toBe('SUPPLIES_CAPACITY_NOT_LISTED');
  });

  it('is kept by stock managers of the region; an enterprise sees where it stands itself', async () => {
    const entry = anEntry();
    for (const as of [DISPATCHER, AUDITOR, { ...ENTERPRISE_KEEPER, roles: ['stock-manager'] } as TestCaller]) {
      expect((await enter(entry, as)).body.code).toBe('AUTH_ROLE_MISSING');
    }
    await enter(entry);
    expect(await list('', { ...ENTERPRISE_KEEPER, organisationId: entry.enterpriseOrganisationId })).toHaveLength(1);
    expect(await list('', { ...ENTERPRISE_KEEPER, organisationId: randomUUID() })).toEqual([]);
    expect((await desk.get('capacity-list?region=61')).body.code).toBe('AUTH_REGION_OUT_OF_SCOPE');
    expect((await desk.get(`capacity-list?asOf=${dayFromNow(1)}`)).body.code).toBe('REQUEST_INVALID');
  });
});

describe('a plant under contract', () => {
  const state = (contractId: string, change: string) =>
    desk.post(`reserve-contracts/${contractId}/state`, { change, reason: '合同' });
  const own = async () => (await list()).filter((entry) => entry.enterpriseOrganisationId === ENTERPRISE);

  it('comes on the list with its contract, stays on it while one is in force or suspended, and leaves with the last', async () => {
    const first = await desk.contract(aPlant({ documentNumber: '产能甲', activate: false }));
    expect(await own()).toEqual([]);
    await state(first, 'activate');
    expect(await own()).toEqual([
      expect.objectContaining({ source: 'contract 产能甲', contractId: first, ratePerDay: 200, since: dayFromNow(0) }),
    ]);
    const second = await desk.contract(aPlant());
    expect(await own()).toHaveLength(1);
    await state(second, 'suspend');
    const entry = anEntry({ enterpriseOrganisationId: ENTERPRISE });
    expect((await remove(entry)).body.code).toBe('SUPPLIES_CAPACITY_CONTRACTED');
    await state(first, 'end');
    expect(await own()).toHaveLength(1);
    await state(second, 'end');
    expect(await own()).toEqual([]);
    const { items } = (await desk.get<CapacityChangesResponse>('capacity-list/changes?limit=1')).body;
    expect(items[0]).toMatchObject({ change: 'removed', reason: 'last capacity contract ended', contractId: second });
  });
});
