import { randomUUID } from 'node:crypto';
import { ReserveContractChanged } from '@ledger/contracts';
import { HEQU, aCause, aCaller, type TestCaller, type TestService } from '@ledger/testing';
import { CreateReserveContractUseCase } from '../src/reserves/create-reserve-contract';
import type { CreateReserveContractRequest } from '../src/reserves/dto/contract.dto';
import type { ReserveContractChangesResponse, ReserveContractsResponse } from '../src/reserves/dto/contract.dto';
import {
  ENTERPRISE,
  ENTERPRISE_KEEPER,
  ReserveDesk,
  aPlant,
  anAgreement,
  anEnterpriseReserve,
  dayFromNow,
} from './support/reserves';
import { APPROVER, AUDITOR, DISPATCHER, KEEPER, RICE, STOCK_MANAGER, startSupplies } from './support/world';

let service: TestService;
let desk: ReserveDesk;

beforeAll(async () => {
  service = await startSupplies();
  desk = new ReserveDesk(service);
});
afterAll(() => service.stop());

const CONTACT = { contactName: '王建国', contactPhone: '13812345678' };
const step = (contractId: string, change: string, as?: TestCaller) =>
  desk.post(`reserve-contracts/${contractId}/state`, { change, reason: '测试' }, as);
const historyOf = async (contractId: string, as?: TestCaller) =>
  (await desk.get<ReserveContractChangesResponse>(`reserve-contracts/${contractId}/history`, as)).body.items;

describe('a stock manager writes a contract down', () => {
  it('as a draft, which promises nothing until it is put in force', async () => {
    const answer = await desk.create(anAgreement({ activate: false }));
    expect(answer).toMatchObject({ status: 201, body: { state: 'draft' } });
    expect(await desk.read(answer.body.contractId)).toMatchObject({
      state: 'draft',
      callableBase: 0,
      uncounted: { code: 'draft' },
    });
    expect((await step(answer.body.contractId, 'activate')).body).toMatchObject({ state: 'active' });
    expect(await desk.read(answer.body.contractId)).toMatchObject({ callableBase: 500, uncounted: null });
  });

  it('with all terms of a plant, and reads them back', async () => {
    const terms = aPlant({ outputEveryHours: 8, unitPriceFen: 30_000, restoredBy: 'delivery', ...CONTACT });
    const { activate: _activate, ...told } = terms;
    expect(await desk.read(await desk.contract(terms))).toMatchObject({ ...told, regionCode: HEQU, term: 1 });
  });

  it('and every step of its life is in the history, with who and why', async () => {
    const contractId = await desk.contract(anAgreement({ activate: false }));
    for (const change of ['activate', 'suspend', 'resume', 'end'])
      expect((await step(contractId, change)).status).toBe(200);
    expect((await historyOf(contractId)).map(({ kind, recordedBy, reason }) => [kind, recordedBy, reason])).toEqual([
      ['created', 'Manager', null],
      ['activated', 'Manager', '测试'],
      ['suspended', 'Manager', '测试'],
      ['resumed', 'Manager', '测试'],
      ['ended', 'Manager', '测试'],
    ]);
    const told = (await service.published(ReserveContractChanged)).filter((event) => event.contractId === contractId);
    expect(told.map(({ change, state }) => [change, state])).toEqual([
      ['created', 'draft'],
      ['activated', 'active'],
      ['suspended', 'suspended'],
      ['resumed', 'active'],
      ['ended', 'ended'],
    ]);
  });

  it('an event of it carries no name, number or price, but all that decides what it can give', async () => {
    const contractId = await desk.contract(anEnterpriseReserve({ ...CONTACT, unitPriceFen: 77_777 }));
    const told = (await service.published(ReserveContractChanged)).filter((event) => event.contractId === contractId);
    const text = JSON.stringify(told);
    for (const secret of ['王建国', '13812345678', '77777']) expect(text).not.toContain(secret);
    expect(told[1]).toMatchObject({ quantityBase: 800, minimumBase: 300, confirmEveryDays: 30, serves: [HEQU] });
  });

  it.each([
    ['without a document number', { documentNumber: '' }, 'REQUEST_INVALID'],
    ['of nothing', { quantityBase: 0 }, 'REQUEST_INVALID'],
    ['of half a piece', { quantityBase: 1.5 }, 'REQUEST_INVALID'],
    ['of more than can be', { quantityBase: 1e12 }, 'REQUEST_INVALID'],
    ['that serves nobody', { serves: [] }, 'REQUEST_INVALID'],
    ['that serves what is no region', { serves: ['1409301'] }, 'REQUEST_INVALID'],
    ['with a day that does not exist', { validTo: '2027-02-29' }, 'REQUEST_INVALID'],
    ['with a field nobody knows', { price: 1 }, 'REQUEST_INVALID'],
    ['with a number that is no number', { contactPhone: 'call me' }, 'REQUEST_INVALID'],
    ['that serves another province', { serves: [HEQU, '61'] }, 'AUTH_REGION_OUT_OF_SCOPE'],
    ['for the city above', { regionCode: '1409' }, 'AUTH_REGION_OUT_OF_SCOPE'],
    ['of an item nobody knows', { itemCode: 'XXX-999' }, 'SUPPLIES_ITEM_UNKNOWN'],
    ['that ends before it begins', { validTo: dayFromNow(-101) }, 'SUPPLIES_RESERVE_TERMS_INVALID'],
    ['in force after it has run out', { validTo: dayFromNow(-1) }, 'SUPPLIES_RESERVE_TERMS_INVALID'],
    ['with a rate of a store', { ratePerDay: 5 }, 'SUPPLIES_RESERVE_TERMS_INVALID'],
    ['with a plant nobody can ask', { mode: 'capacity' }, 'SUPPLIES_RESERVE_TERMS_INVALID'],
  ])('but not one %s', async (_what, overrides, code) => {
    const before = await desk.counts();
    expect((await desk.create(anAgreement(overrides))).body.code).toBe(code);
    expect(await desk.counts()).toEqual(before);
  });

  it('once per document and item, unless the first has ended, and two at the same time make one', async () => {
    const terms = anAgreement();
    const both = await Promise.all([desk.create(terms), desk.create(terms)]);
    expect(both.map(({ status }) => status).sort()).toEqual([201, 409]);
    const first = both.find(({ status }) => status === 201)?.body.contractId as string;
    expect((await desk.create(terms)).body.code).toBe('SUPPLIES_RESERVE_CONTRACT_EXISTS');
    expect((await desk.create({ ...terms, itemCode: RICE })).status).toBe(201);
    await step(first, 'end');
    expect((await desk.create(terms)).status).toBe(201);
  });

  it.each([
    ['a keeper', KEEPER],
    ['a dispatcher', DISPATCHER],
    ['an approver', APPROVER],
    ['an auditor', AUDITOR],
    ['a stock manager of an enterprise', { ...ENTERPRISE_KEEPER, roles: ['stock-manager'] } as TestCaller],
  ])('and %s does not', async (_who, as) => {
    const before = await desk.counts();
    expect((await desk.create(anAgreement(), as)).body.code).toBe('AUTH_ROLE_MISSING');
    expect(await desk.counts()).toEqual(before);
  });
});

it('an import writes contracts in its own transaction, and takes them back with it', async () => {
  const create = service.running.app.get(CreateReserveContractUseCase);
  const request = anAgreement() as unknown as CreateReserveContractRequest;
  const caller = aCaller(STOCK_MANAGER);
  const before = await desk.counts();
  await expect(
    service.database.transaction(async (tx) => {
      await create.execute(tx, { caller, request }, aCause());
      throw new Error('a later row of the file is wrong');
    }),
  ).rejects.toThrow('a later row');
  expect(await desk.counts()).toEqual(before);
  const made = await service.database.transaction((tx) => create.execute(tx, { caller, request }, aCause()));
  expect(made).toMatchObject({ state: 'active' });
});

describe('a step in the life of a contract', () => {
  it.each([
    ['draft', [], 'suspend'],
    ['draft', [], 'resume'],
    ['active', ['activate'], 'activate'],
    ['suspended', ['activate', 'suspend'], 'suspend'],
    ['ended', ['end'], 'activate'],
    ['ended', ['activate', 'end'], 'resume'],
  ])('that is %s is refused out of turn', async (state, steps, refused) => {
    const contractId = await desk.contract(anAgreement({ activate: false }));
    for (const change of steps) await step(contractId, change);
    const before = await desk.counts();
    const answer = await step(contractId, refused);
    expect(answer.body).toMatchObject({ code: 'SUPPLIES_RESERVE_STATE_FORBIDDEN', facts: { state } });
    expect(await desk.counts()).toEqual(before);
  });

  it('does not end it while calls are open', async () => {
    const contractId = await desk.contract(anAgreement());
    const callId = await desk.call(contractId);
    expect((await step(contractId, 'end')).body.code).toBe('SUPPLIES_RESERVE_QUANTITY_CALLED');
    await desk.post(`reserve-calls/${callId}/cancellation`, { reason: '取消' });
    expect((await step(contractId, 'end')).status).toBe(200);
  });

  it.each([
    ['a neighbour county', { ...STOCK_MANAGER, regionCode: '140931' }],
    ['a township it serves', { ...STOCK_MANAGER, regionCode: '140930101' }],
    ['another department', { ...STOCK_MANAGER, organisationKind: 'water', organisationId: randomUUID() } as TestCaller],
    ['the enterprise itself', { ...ENTERPRISE_KEEPER, roles: ['stock-manager'] } as TestCaller],
  ])('is not taken by %s', async (_who, as) => {
    const contractId = await desk.contract(anEnterpriseReserve());
    const before = await desk.counts();
    expect((await step(contractId, 'suspend', as)).body.code).toBe('SUPPLIES_RESERVE_CONTRACT_NOT_FOUND');
    expect(await desk.counts()).toEqual(before);
  });

  it('is taken by the emergency department of the city above', async () => {
    const contractId = await desk.contract(anAgreement());
    expect((await step(contractId, 'suspend', { ...STOCK_MANAGER, regionCode: '1409' })).status).toBe(200);
  });
});

describe('an amendment', () => {
  const amend = (contractId: string, changes: Record<string, unknown>, as?: TestCaller) =>
    desk.post(`reserve-contracts/${contractId}/amendments`, { reason: '补充协议', ...changes }, as);

  it('changes what it names, and the history tells before and after, but no telephone number', async () => {
    const contractId = await desk.contract(anAgreement({ ...CONTACT }));
    const changes = { quantityBase: 700, serves: ['140930101', '140930102'], contactPhone: '13900001111' };
    expect((await amend(contractId, changes)).status).toBe(200);
    expect(await desk.read(contractId)).toMatchObject({ ...changes, callableBase: 700, responseHours: 24 });
    const [, , amended] = await historyOf(contractId);
    expect(amended).toMatchObject({ kind: 'amended', reason: '补充协议' });
    expect(amended.details).toEqual({
      quantityBase: { from: 500, to: 700 },
      serves: { from: [HEQU], to: ['140930101', '140930102'] },
      contactPhone: 'changed',
    });
  });

  it.each([
    ['that goes below what is called', { quantityBase: 99 }, 'SUPPLIES_RESERVE_QUANTITY_CALLED'],
    ['that contradicts the mode', { minimumBase: 1 }, 'SUPPLIES_RESERVE_TERMS_INVALID'],
    ['that serves a neighbour', { serves: ['140931'] }, 'AUTH_REGION_OUT_OF_SCOPE'],
    ['without a reason', { reason: '' }, 'REQUEST_INVALID'],
    ['of the mode itself', { mode: 'social' }, 'REQUEST_INVALID'],
  ])('%s is refused', async (_what, changes, code) => {
    const contractId = await desk.contract(anAgreement());
    await desk.call(contractId, { quantityBase: 100 });
    const before = await desk.counts();
    expect((await amend(contractId, changes)).body.code).toBe(code);
    expect(await desk.counts()).toEqual(before);
  });

  it('of an ended contract is refused', async () => {
    const contractId = await desk.contract(anAgreement());
    await step(contractId, 'end');
    expect((await amend(contractId, { quantityBase: 1 })).body.code).toBe('SUPPLIES_RESERVE_STATE_FORBIDDEN');
  });
});

describe('who reads a contract', () => {
  const township: TestCaller = { ...STOCK_MANAGER, regionCode: '140930101' };
  const neighbour: TestCaller = { ...STOCK_MANAGER, regionCode: '140931' };
  let contractId: string;
  beforeAll(async () => {
    contractId = await desk.contract(anEnterpriseReserve({ ...CONTACT }));
  });

  it.each([
    ['the stock manager of the county', STOCK_MANAGER],
    ['its dispatcher', DISPATCHER],
    ['its approver', APPROVER],
    ['the city above', { ...DISPATCHER, regionCode: '1409' }],
    ['the enterprise', ENTERPRISE_KEEPER],
  ])('%s sees whom to telephone', async (_who, as) => {
    expect(await desk.read(contractId, as)).toMatchObject({ ...CONTACT, contactMasked: false });
  });

  it.each([
    ['a keeper', KEEPER],
    ['an auditor', AUDITOR],
    ['a township that it serves', township],
    [
      'a department of another kind',
      { ...DISPATCHER, organisationKind: 'water', organisationId: randomUUID() } as TestCaller,
    ],
  ])('%s sees the contract, but not whom to telephone', async (_who, as) => {
    expect(await desk.read(contractId, as)).toMatchObject({
      quantityBase: 800,
      contactName: '王**',
      contactPhone: '138****78',
      contactMasked: true,
    });
  });

  it.each([
    ['a neighbour', neighbour],
    ['another enterprise', { ...ENTERPRISE_KEEPER, organisationId: randomUUID() }],
  ])('%s sees nothing, and no history or confirmation either', async (_who, as) => {
    for (const part of ['', '/history', '/confirmations']) {
      const answer = await desk.get(`reserve-contracts/${contractId}${part}`, as);
      expect(answer.body).toMatchObject({ status: 404, code: 'SUPPLIES_RESERVE_CONTRACT_NOT_FOUND' });
    }
  });

  it('a neighbour sees it once the city makes it serve both', async () => {
    const city = { ...STOCK_MANAGER, regionCode: '1409' };
    const shared = await desk.contract(anAgreement({ serves: [HEQU, '140931'], ...CONTACT }), city);
    expect(await desk.read(shared, neighbour)).toMatchObject({ contactMasked: true });
  });

  it('a list shows what is in reach and asked for, page by page', async () => {
    const list = async (query: string, as?: TestCaller) =>
      (await desk.get<ReserveContractsResponse>(`reserve-contracts?${query}`, as)).body;
    const mine = await list('mode=enterprise&limit=200', ENTERPRISE_KEEPER);
    expect(mine.items.every(({ enterpriseOrganisationId }) => enterpriseOrganisationId === ENTERPRISE)).toBe(true);
    expect((await list('', { ...ENTERPRISE_KEEPER, organisationId: randomUUID() })).total).toBe(0);
    const soon = await desk.contract(anAgreement({ validTo: dayFromNow(5) }));
    const ids = async (query: string) => (await list(query)).items.map((item) => item.contractId);
    expect(await ids('expiringWithinDays=5')).toEqual([soon]);
    expect(await ids('expiringWithinDays=4')).toEqual([]);
    const all = await list('limit=200');
    const pages = [...(await ids('limit=2')), ...(await ids('limit=2&offset=2'))];
    expect(all.items.slice(0, 4).map((item) => item.contractId)).toEqual(pages);
    expect((await list('region=140930101')).items.length).toBeGreaterThan(0);
    expect((await desk.get('reserve-contracts?region=61')).body.code).toBe('AUTH_REGION_OUT_OF_SCOPE');
  });
});
