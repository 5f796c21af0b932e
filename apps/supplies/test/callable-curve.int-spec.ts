import { randomUUID } from 'node:crypto';
import { HEQU, type TestService } from '@ledger/testing';
import { CallableSources } from '../src/reserves/callable-sources';
import { ReserveHoldingsQueries } from '../src/reserves/reserve-holdings.queries';
import {
  ENTERPRISE_KEEPER,
  ReserveDesk,
  aPlant,
  anAgreement,
  anEnterpriseReserve,
  dayFromNow,
} from './support/reserves';
import {
  DISPATCHER,
  STOCK_MANAGER,
  TENT,
  aDepot,
  aLot,
  aStandard,
  expire,
  ordered,
  startSupplies,
  type Problem,
} from './support/world';

let service: TestService;
let desk: ReserveDesk;

beforeAll(async () => {
  service = await startSupplies();
  desk = new ReserveDesk(service);
});
afterAll(() => service.stop());
beforeEach(() => desk.clear());

const hoursOf = ({ points }: { points: readonly { hours: number; quantityBase: number }[] }) =>
  points.map(({ hours, quantityBase }) => [hours, quantityBase]);

describe('300 in stock, 500 under a 24-hour agreement and a plant making 200 a day', () => {
  beforeEach(async () => {
    await aLot(service, await aDepot(service), { quantityBase: 300 });
    await desk.contract(anAgreement({ documentNumber: '协议1' }));
    await desk.contract(aPlant({ documentNumber: '产能1' }));
  });
  afterEach(async () => {
    await service.database.query(`UPDATE reserve_contracts SET document_number = id::text`);
  });

  it('give 1200 in 72 hours, and the answer names the contracts to start, and by when', async () => {
    const { demand, at } = await desk.callable('?quantityBase=1200&hours=72');
    expect(demand).toMatchObject({ feasible: true, shortBase: 0, contractsToStart: ['协议1', '产能1'] });
    const inHours = (hours: number): string => new Date(Date.parse(at) + hours * 3_600_000).toISOString();
    expect(demand?.parts).toEqual([
      expect.objectContaining({
        kind: 'stock',
        quantityBase: 300,
        documentNumber: null,
        arrivesAt: at,
        startBy: inHours(72),
      }),
      expect.objectContaining({ kind: 'agreement', quantityBase: 500, documentNumber: '协议1', startBy: inHours(48) }),
      expect.objectContaining({ kind: 'capacity', quantityBase: 400, arrivesAt: inHours(48), startBy: inHours(24) }),
    ]);
  });

  it('give 300 in 4 hours, and 900 are short', async () => {
    const { demand, points } = await desk.callable('?quantityBase=1200&hours=4');
    expect(demand).toMatchObject({ feasible: false, shortBase: 900, contractsToStart: [] });
    expect(points.find(({ hours }) => hours === 4)).toMatchObject({ quantityBase: 300, byKind: { stock: 300 } });
  });

  it('make a curve over the usual hours and any hour asked for', async () => {
    expect(hoursOf(await desk.callable())).toEqual([
      [0, 300],
      [4, 300],
      [10, 300],
      [24, 1_000],
      [72, 1_400],
    ]);
    expect(await desk.curveAt(48)).toBe(1_200);
  });

  it('are listed as sources in the order of use', async () => {
    const { sources, totalSources } = await desk.callable('?limit=2');
    expect(sources.map(({ kind, firstAfterHours }) => [kind, firstAfterHours])).toEqual([
      ['stock', 0],
      ['agreement', 24],
    ]);
    expect(totalSources).toBe(3);
  });

  it('are less by what is called, at once', async () => {
    const { sources } = await desk.callable();
    await desk.call(sources[1].sourceId, { quantityBase: 200 });
    await desk.call(sources[2].sourceId, { quantityBase: 200 });
    expect(await desk.curveAt(24)).toBe(600);
    expect(await desk.curveAt(72)).toBe(1_000);
  });
});

describe('of the own depots counts', () => {
  it('what lies above the reserve standard in force, and no promise', async () => {
    const depot = await aDepot(service);
    await aLot(service, depot, { quantityBase: 300 });
    await aStandard(service, depot.id, TENT, 120);
    expect(await desk.curveAt(0)).toBe(180);
    await ordered(service, depot, { quantityBase: 50 });
    expect(await desk.curveAt(0)).toBe(130);
  });

  it('nothing from a depot below its standard, which takes nothing from another either', async () => {
    const poor = await aDepot(service);
    await aLot(service, poor, { quantityBase: 10 });
    await aStandard(service, poor.id, TENT, 500);
    await aLot(service, await aDepot(service), { quantityBase: 70 });
    expect(await desk.curveAt(0)).toBe(70);
  });

  it('no lot that is past its date, held, recalled or in quarantine', async () => {
    const depot = await aDepot(service);
    const [old, held, recalled] = [
      await aLot(service, depot, { quantityBase: 10 }),
      await aLot(service, depot, { quantityBase: 20 }),
      await aLot(service, depot, { quantityBase: 40 }),
    ];
    await aLot(service, depot, { quantityBase: 80, expiryDate: dayFromNow(-1) });
    await aLot(service, depot, { quantityBase: 160 });
    await expire(service, old);
    await service.database.query(`UPDATE lots SET quality = 'held' WHERE id = $1`, [held]);
    await service.database.query(`UPDATE lots SET quality = 'recalled' WHERE id = $1`, [recalled]);
    expect(await desk.curveAt(0)).toBe(160);
  });

  it('only what still keeps on the day asked for', async () => {
    await aLot(service, await aDepot(service), { quantityBase: 100, expiryDate: dayFromNow(10) });
    const onDay = (count: number): string => `&at=${dayFromNow(count)}T00:00:00%2B08:00`;
    expect(await desk.curveAt(0, onDay(10))).toBe(100);
    expect(await desk.curveAt(0, onDay(11))).toBe(0);
  });
});

describe('for a place', () => {
  it('depots in it and of the tiers above it count, as far as the caller may see, and no sibling’s', async () => {
    await aLot(service, await aDepot(service, { regionCode: '140930101' }), { quantityBase: 1 });
    await aLot(service, await aDepot(service, { regionCode: '140930101200' }), { quantityBase: 2 });
    await aLot(service, await aDepot(service), { quantityBase: 4 });
    await aLot(service, await aDepot(service, { regionCode: '140930102' }), { quantityBase: 8 });
    await aLot(service, await aDepot(service, { regionCode: '1409' }), { quantityBase: 16 });
    expect(await desk.curveAt(0, '&region=140930101')).toBe(7);
    expect(await desk.curveAt(0)).toBe(15);
    const fromCity = await desk.callable('?region=140930101', { ...DISPATCHER, regionCode: '1409' });
    expect(fromCity.points[0].quantityBase).toBe(23);
  });

  it('contracts count that serve it or a part of it', async () => {
    const city = { ...STOCK_MANAGER, regionCode: '1409' };
    await desk.contract(anAgreement({ quantityBase: 1, serves: ['1409'] }), city);
    await desk.contract(anAgreement({ quantityBase: 2, serves: ['140931'] }), city);
    await desk.contract(anAgreement({ quantityBase: 4, serves: ['140930102'] }));
    await desk.contract(anAgreement({ quantityBase: 8 }));
    expect(await desk.curveAt(24)).toBe(13);
    expect(await desk.curveAt(24, '&region=140930101')).toBe(9);
  });

  it('the answer is refused outside the caller’s region, and to the people of an enterprise', async () => {
    const path = `items/${TENT}/callable`;
    expect((await desk.get(`${path}?region=140931`)).body.code).toBe('AUTH_REGION_OUT_OF_SCOPE');
    expect((await desk.get(path, ENTERPRISE_KEEPER)).body.code).toBe('AUTH_ROLE_MISSING');
    expect((await desk.get(path, { roles: ['carrier'] })).body.code).toBe('AUTH_ROLE_MISSING');
  });

  it.each([
    ['items/XXX-999/callable', 404, 'SUPPLIES_ITEM_NOT_FOUND'],
    [`items/${TENT}/callable?at=2020-01-01T00:00:00Z`, 400, 'REQUEST_INVALID'],
    [`items/${TENT}/callable?at=2150-01-01T00:00:00Z`, 400, 'REQUEST_INVALID'],
    [`items/${TENT}/callable?at=tomorrow`, 400, 'REQUEST_INVALID'],
    [`items/${TENT}/callable?quantityBase=0`, 400, 'REQUEST_INVALID'],
    [`items/${TENT}/callable?quantityBase=1.5`, 400, 'REQUEST_INVALID'],
    [`items/${TENT}/callable?hours=-1`, 400, 'REQUEST_INVALID'],
    [`items/${TENT}/callable?hours=8761`, 400, 'REQUEST_INVALID'],
    [`items/${TENT}/callable?region=1409301`, 400, 'REQUEST_INVALID'],
    [`items/${TENT}/callable?unknown=1`, 400, 'REQUEST_INVALID'],
  ])('%s answers %i', async (path, status, code) => {
    const answer = await service.request<Problem>('GET', `/api/v1/supplies/${path}`, { as: DISPATCHER });
    expect(answer.body).toMatchObject({ status, code });
  });
});

describe('a contract that does not count is named with its reason', () => {
  const reasons = async (query = '') =>
    (await desk.callable(query)).uncounted.map(({ code, reason }) => [code, reason]);

  it('when its figure is stale, from midnight in China after the last day of grace', async () => {
    const contractId = await desk.contract(anEnterpriseReserve());
    expect(await desk.curveAt(12)).toBe(500);
    await desk.letDaysPass(contractId, 33);
    expect(await desk.curveAt(12)).toBe(500);
    await desk.letDaysPass(contractId, 1);
    expect(await desk.curveAt(12)).toBe(0);
    expect(await reasons()).toEqual([['confirmation-overdue', 'confirmation 4 days overdue']]);
    await desk.letDaysPass(contractId, 8);
    const { uncounted } = await desk.callable();
    expect(uncounted).toEqual([
      expect.objectContaining({ contractId, reason: 'confirmation 12 days overdue', quantityBase: 500 }),
    ]);
    await desk.confirm(contractId, { stockBase: 800 });
    expect(await desk.curveAt(12)).toBe(500);
    expect(await reasons()).toEqual([]);
  });

  it('when it will be stale at the moment asked for, without any job having run', async () => {
    await desk.contract(anEnterpriseReserve());
    const at = (count: number): string => `?at=${dayFromNow(count)}T12:00:00%2B08:00`;
    expect(await reasons(at(33))).toEqual([]);
    expect(await reasons(at(34))).toEqual([['confirmation-overdue', 'confirmation 4 days overdue']]);
  });

  it('when it has not begun, has run out, or is suspended; drafts and ended ones are not named', async () => {
    await desk.contract(anAgreement({ documentNumber: 'A', validFrom: dayFromNow(1) }));
    const ran = await desk.contract(anAgreement({ documentNumber: 'B' }));
    const paused = await desk.contract(anAgreement({ documentNumber: 'C' }));
    await desk.contract(anAgreement({ documentNumber: 'D', activate: false }));
    const over = await desk.contract(anAgreement({ documentNumber: 'E' }));
    await service.database.query('UPDATE reserve_contracts SET valid_to = $2 WHERE id = $1', [ran, dayFromNow(-1)]);
    await desk.post(`reserve-contracts/${paused}/state`, { change: 'suspend', reason: '整改' });
    await desk.post(`reserve-contracts/${over}/state`, { change: 'end', reason: '到期' });
    expect((await desk.callable()).uncounted.map(({ documentNumber, code }) => [documentNumber, code])).toEqual([
      ['A', 'not-begun'],
      ['B', 'run-out'],
      ['C', 'suspended'],
    ]);
    expect(await desk.curveAt(72)).toBe(0);
    await service.database.query('UPDATE reserve_contracts SET document_number = id::text');
  });

  it('when the plant’s key inputs are exhausted', async () => {
    const contractId = await desk.contract(aPlant());
    const figures = { ratePerDay: 200, startUpHours: 0, keyInputs: '涤纶布用完', keyInputsLevel: 'exhausted' };
    await desk.confirm(contractId, figures);
    expect(await reasons()).toEqual([['key-inputs-exhausted', 'the plant’s key inputs are exhausted']]);
    await desk.confirm(contractId, { ...figures, keyInputsLevel: 'tight', ratePerDay: 80 });
    expect(await desk.curveAt(24)).toBe(80);
  });
});

it('what firms and families declare is shown beside the curve and never in it', async () => {
  await desk.contract(anAgreement({ mode: 'social', quantityBase: 900, counterpartyName: '县商会' }));
  const families = await desk.contract(
    anAgreement({ mode: 'household', quantityBase: 70, counterpartyName: '各户', confirmEveryDays: 90 }),
  );
  await desk.letDaysPass(families, 91);
  const { points, declared, uncounted } = await desk.callable();
  expect(points.every(({ quantityBase }) => quantityBase === 0)).toBe(true);
  expect(uncounted).toEqual([]);
  expect(declared.map(({ mode, name, quantityBase, stale }) => [mode, name, quantityBase, stale])).toEqual([
    ['social', '县商会', 900, false],
    ['household', '各户', 70, true],
  ]);
});

it('another feature adds sources of its own to the curve', async () => {
  const sourceId = randomUUID();
  const joint = { sourceId, kind: 'joint', limitBase: 33, readyAfterHours: 4, tiersAway: 1, production: null } as const;
  service.running.app
    .get(CallableSources)
    .add((place) =>
      Promise.resolve(
        place.regionCode === '140930103'
          ? [{ ...joint, name: '联储', documentNumber: '联储1', regionCode: '1409' }]
          : [],
      ),
    );
  const { demand, points } = await desk.callable('?region=140930103&quantityBase=33&hours=4');
  expect(points[1]).toMatchObject({ hours: 4, quantityBase: 33, byKind: { joint: 33 } });
  expect(demand).toMatchObject({ feasible: true, contractsToStart: ['联储1'] });
});

describe('the holdings that standards are compared with', () => {
  const holdings = (regionCode = HEQU) =>
    service.running.app.get(ReserveHoldingsQueries).holdings({ regionCode, itemCode: TENT }, new Date());

  it('are covered by mode, once per contract, with fresh figures only', async () => {
    const fresh = await desk.contract(anEnterpriseReserve());
    const stale = await desk.contract(anEnterpriseReserve());
    const agreement = await desk.contract(anAgreement({ serves: [HEQU, '140930101'] }));
    await desk.contract(aPlant());
    await desk.letDaysPass(stale, 40);
    await desk.call(agreement, { quantityBase: 100 });
    const found = await holdings();
    expect(
      found.map(({ mode, coveredBase, minimumBase, inStoreBase, ratePerDay }) => [
        mode,
        coveredBase,
        minimumBase,
        inStoreBase,
        ratePerDay,
      ]),
    ).toEqual([
      ['agreement', 400, 0, 500, 0],
      ['capacity', 10_000, 0, 0, 200],
      ['enterprise', 800, 300, 800, 0],
    ]);
    expect(found[2].contractIds).toEqual([fresh]);
    expect(await holdings('140930101')).toEqual([]);
  });
});
