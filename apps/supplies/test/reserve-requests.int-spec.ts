import { randomUUID } from 'node:crypto';
import { ROLES, mayDo, type Action } from '@ledger/contracts';
import { HEQU, type TestCaller, type TestService } from '@ledger/testing';
import {
  ReserveDesk,
  aPlant,
  anAgreement,
  anEnterpriseReserve,
  dayFromNow,
  inHours,
  toDepot,
} from './support/reserves';
import {
  APPROVER,
  DISPATCHER,
  KEEPER,
  STOCK_MANAGER,
  TENT,
  aDepot,
  startSupplies,
  type Problem,
  type TestDepot,
} from './support/world';
import { wrongBodies } from './support/wrong-bodies';

interface WriteRoute {
  readonly action: Action;
  readonly as: TestCaller;
  readonly path: string;
  /** A body that is taken as it is; every wrong one is made from it. */
  readonly body: Readonly<Record<string, unknown>>;
  readonly status: number;
}

let service: TestService;
let desk: ReserveDesk;
let depot: TestDepot;
let routes: Record<string, WriteRoute>;

beforeAll(async () => {
  service = await startSupplies();
  desk = new ReserveDesk(service);
  depot = await aDepot(service);
  routes = await writeRoutes();
});
afterAll(() => service.stop());

const OPTIONAL = [
  ...['regionCode', 'enterpriseOrganisationId', 'minimumBase', 'ratePerDay', 'startUpHours', 'outputEveryHours'],
  ...['unitPriceFen', 'restoredBy', 'confirmEveryDays', 'graceDays', 'contactName', 'contactPhone', 'activate'],
  ...['documentNumber', 'serves', 'counterpartyName', 'validTo', 'responseHours', 'quantityBase', 'promisedBy'],
  ...['confirmedAt', 'confirmedBy', 'note', 'keyInputs', 'stockBase', 'neededBy', 'useOrder', 'productionDate'],
  ...['expiryDate', 'depotId', 'paidOn', 'effectiveOn', 'fromQuantityBase', 'fromAmountFen', 'keyInputsLevel'],
  ...['destinationDepotId', 'breakMinimum', 'reason'],
];

async function writeRoutes(): Promise<Record<string, WriteRoute>> {
  const contract = await desk.contract(anEnterpriseReserve());
  const plant = await desk.contract(aPlant());
  const large = await desk.contract(anAgreement({ quantityBase: 9_000 }));
  const waiting = await desk.call(large, { quantityBase: 2_000 });
  const [answered, departing, arriving, cancelled] = await Promise.all(
    Array.from({ length: 4 }, () => desk.call(large, toDepot(depot, 100))),
  );
  const fee = { kind: 'fee', amountFen: 5, dueOn: '2026-12-31', note: '代储费' };
  const feeOf = async (month: number): Promise<string> => {
    const period = { periodFrom: `2020-0${month}-01`, periodTo: `2020-0${month}-28` };
    return (await desk.post<{ feeId: string }>(`reserve-contracts/${contract}/fees`, { ...fee, ...period })).body.feeId;
  };
  const key = { enterpriseOrganisationId: randomUUID(), itemCode: TENT, regionCode: HEQU };
  const grounds = { effectiveOn: dayFromNow(0), reason: '调查', source: '文件' };
  const removed = { ...key, enterpriseOrganisationId: randomUUID() };
  await desk.post('capacity-list/entries', { ...removed, ...grounds, enterpriseName: '厂', ratePerDay: 5 });
  const { activate: _activate, ...terms } = aPlant({ regionCode: HEQU, outputEveryHours: 8, unitPriceFen: 100 });
  const manage = { action: 'reserve-contract.manage', as: STOCK_MANAGER } as const;
  const reason = '测试';
  return {
    create: {
      ...manage,
      path: 'reserve-contracts',
      status: 201,
      body: { ...terms, restoredBy: 'renewal', contactName: '王建国', contactPhone: '13812345678', activate: true },
    },
    amend: {
      ...manage,
      path: `reserve-contracts/${contract}/amendments`,
      status: 200,
      body: { reason, validTo: dayFromNow(300), quantityBase: 900, minimumBase: 10, serves: [HEQU], graceDays: 4 },
    },
    renew: {
      ...manage,
      path: `reserve-contracts/${contract}/renewal`,
      status: 200,
      body: { reason, validTo: dayFromNow(900), documentNumber: '续1', quantityBase: 900, unitPriceFen: 7 },
    },
    state: { ...manage, path: `reserve-contracts/${plant}/state`, status: 200, body: { change: 'suspend', reason } },
    confirm: {
      action: 'reserve-contract.confirm',
      as: DISPATCHER,
      path: `reserve-contracts/${plant}/confirmations`,
      status: 201,
      body: {
        confirmedAt: inHours(-1),
        confirmedBy: '赵',
        ratePerDay: 5,
        startUpHours: 1,
        keyInputs: '布',
        keyInputsLevel: 'tight',
      },
    },
    call: {
      action: 'reserve-call.place',
      as: DISPATCHER,
      path: `reserve-contracts/${large}/calls`,
      status: 201,
      body: {
        quantityBase: 5,
        neededBy: inHours(48),
        destinationDepotId: depot.id,
        breakMinimum: false,
        useOrder: '令',
        reason,
      },
    },
    approve: {
      action: 'reserve-call.approve',
      as: APPROVER,
      path: `reserve-calls/${waiting}/approval`,
      status: 200,
      body: { approve: true, reason },
    },
    answer: {
      action: 'reserve-call.answer',
      as: DISPATCHER,
      path: `reserve-calls/${answered}/answer`,
      status: 200,
      body: { accepted: true, quantityBase: 90, promisedBy: inHours(20), reason },
    },
    depart: {
      action: 'reserve-call.answer',
      as: DISPATCHER,
      path: `reserve-calls/${departing}/departure`,
      status: 200,
      body: { note: '已发车' },
    },
    receive: {
      action: 'receipt.record',
      as: KEEPER,
      path: `reserve-calls/${arriving}/receipts`,
      status: 201,
      body: {
        depotId: depot.id,
        lines: [{ batchNumber: 'B-1', productionDate: '2026-01-01', expiryDate: '2099-01-01', quantityBase: 5 }],
        note: '收',
      },
    },
    cancel: {
      action: 'reserve-call.cancel',
      as: DISPATCHER,
      path: `reserve-calls/${cancelled}/cancellation`,
      status: 200,
      body: { reason },
    },
    rule: {
      action: 'reserve-rule.set',
      as: APPROVER,
      path: 'reserve-call-rules',
      status: 201,
      body: { regionCode: HEQU, validFrom: dayFromNow(30), fromQuantityBase: 5, fromAmountFen: 5, basis: '文件' },
    },
    fee: {
      ...manage,
      path: `reserve-contracts/${contract}/fees`,
      status: 201,
      body: { ...fee, periodFrom: '2021-01-01', periodTo: '2021-12-31' },
    },
    pay: {
      ...manage,
      path: `reserve-contract-fees/${await feeOf(1)}/payment`,
      status: 200,
      body: { paidOn: '2026-01-01', document: '凭证' },
    },
    withdraw: { ...manage, path: `reserve-contract-fees/${await feeOf(2)}/withdrawal`, status: 200, body: { reason } },
    enter: {
      ...manage,
      path: 'capacity-list/entries',
      status: 201,
      body: { ...key, ...grounds, enterpriseName: '厂', ratePerDay: 5 },
    },
    remove: { ...manage, path: 'capacity-list/removals', status: 201, body: { ...removed, ...grounds } },
  };
}

const NAMES = [
  ...['create', 'amend', 'renew', 'confirm', 'state', 'call', 'approve', 'answer', 'depart', 'receive', 'cancel'],
  ...['rule', 'fee', 'pay', 'withdraw', 'enter', 'remove'],
];
const send = (route: WriteRoute, body: unknown, options: { as?: TestCaller; key?: string | null } = {}) =>
  service.request<Problem>('POST', `/api/v1/supplies/${route.path}`, { as: route.as, body, ...options });

/** So many fen are a lot of money and no mistake of form. */
const MUCH_MONEY = /mountFen = 1000000000000$/;

describe.each(NAMES)('the route %s', (name) => {
  it('answers every wrong body with a problem document and writes nothing', async () => {
    const route = routes[name];
    const before = await desk.counts();
    const surprises: string[] = [];
    for (const { what, body } of wrongBodies(route.body, OPTIONAL).filter((wrong) => !MUCH_MONEY.test(wrong.what))) {
      const answer = await send(route, body);
      const isProblem = answer.headers.get('content-type')?.startsWith('application/problem+json') ?? false;
      const isRefusal = answer.status >= 400 && answer.status < 500;
      if (!isProblem || !isRefusal) surprises.push(`${what} → ${answer.status} ${answer.body.code}`);
    }
    expect(surprises).toEqual([]);
    expect(await desk.counts()).toEqual(before);
  });

  it('asks for an idempotency key', async () => {
    const answer = await send(routes[name], routes[name].body, { key: null });
    expect(answer.body).toMatchObject({ status: 400, code: 'IDEMPOTENCY_KEY_REQUIRED' });
  });

  it('is open to the roles of the policy and to no others', async () => {
    const { action, body, as } = routes[name];
    const before = await desk.counts();
    for (const role of ROLES.filter((candidate) => !mayDo([candidate], action))) {
      const answer = await send(routes[name], body, { as: { ...as, roles: [role] } });
      expect([role, answer.body.code]).toEqual([role, 'AUTH_ROLE_MISSING']);
    }
    expect(await desk.counts()).toEqual(before);
  });

  it('is closed to the people of another county', async () => {
    const { as, body } = routes[name];
    const before = await desk.counts();
    const answer = await send(routes[name], body, { as: { ...as, regionCode: '140931' } });
    expect(answer.body.code).toMatch(/NOT_FOUND$|^AUTH_REGION_OUT_OF_SCOPE$/);
    expect(await desk.counts()).toEqual(before);
  });

  it('answers 404 for an id nobody knows, and 400 for what is no id', async () => {
    const route = routes[name];
    const [collection, , verb] = route.path.split('/');
    if (!verb) return;
    for (const [id, status] of [
      [randomUUID(), 404],
      ['nonsense', 400],
    ] as const) {
      const answer = await send({ ...route, path: `${collection}/${id}/${verb}` }, route.body);
      expect([id, answer.status]).toEqual([id, status]);
    }
  });
});

it('the bodies these tests are made from are taken as they are, and once per key', async () => {
  for (const name of NAMES) {
    const route = routes[name];
    const key = `taken-${name}`;
    const first = await send(route, route.body, { key });
    expect([name, first.status, first.body.code]).toEqual([name, route.status, undefined]);
    const before = await desk.counts();
    const again = await send(route, route.body, { key });
    expect([name, again.status, again.body]).toEqual([name, first.status, first.body]);
    expect(await desk.counts()).toEqual(before);
  }
});
