import { waitFor, type TestCaller, type TestService } from '@ledger/testing';
import type {
  HouseholdDetailResponse,
  HouseholdsResponse,
  PeopleReachedResponse,
  ServiceOrderResponse,
} from '../src/sites/dto/household.dto';
import { aHousehold, register, registered, serve } from './support/households';
import { brokenInvariants } from './support/invariants';
import { aStockedDepot } from './support/site-work';
import {
  APPROVER,
  AUDITOR,
  DISPATCHER,
  KEEPER,
  RICE,
  STOCK_MANAGER,
  delivered,
  ledgerCounts,
  startSupplies,
  type Journey,
  type TestDepot,
} from './support/world';

let service: TestService;
let depot: TestDepot;
let journey: Journey;

const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3]).toString('base64');
const STRANGER: TestCaller = { ...KEEPER, regionCode: '140931' };

beforeAll(async () => {
  service = await startSupplies();
});
afterAll(() => service.stop());
beforeEach(async () => {
  depot = await aStockedDepot(service);
  journey = await delivered(service, depot, { itemCode: RICE, quantityBase: 50 });
});
afterEach(async () => {
  expect(await brokenInvariants(service.database)).toEqual([]);
});

const get = async <Body>(path: string, as: TestCaller = AUDITOR): Promise<Body> =>
  (await service.request<Body>('GET', `/api/v1/supplies/${path}`, { as })).body;
const site = () => `sites/${journey.order.site.siteId}`;
const reached = (of: string, id: string) => get<PeopleReachedResponse>(`people-reached?of=${of}&id=${id}`);

describe('an open list', () => {
  it('is taken in with its people, groups and rows, and answered masked', async () => {
    const { status, body } = await register(service, journey, [
      aHousehold({ headName: '王秀英', phone: '13812345678', documentNumber: '14093019500101123x', elderlyCount: 1 }),
      aHousehold({ headName: '李强', peopleCount: 4, listReference: '2' }),
    ]);
    expect([status, body]).toEqual([
      201,
      expect.objectContaining({
        incidentId: journey.order.incidentId,
        households: [
          expect.objectContaining({ headName: '王*', priority: true, known: false }),
          expect.objectContaining({ headName: '李*', peopleCount: 4, priority: false, known: false }),
        ],
      }),
    ]);
    const list = await get<HouseholdsResponse>(`${site()}/households`);
    expect(list).toMatchObject({
      total: 2,
      items: [
        { headName: '王*', phone: '138******78', document: '****3X', elderlyCount: 1, regionCode: '140930101200' },
        { headName: '李*', phone: null, document: null, listReference: '2' },
      ],
    });
  });

  it('keeps no document numbers, only hashes that differ between incidents', async () => {
    const row = aHousehold({ documentNumber: '140930195001011234' });
    await register(service, journey, [row]);
    const other = await delivered(service, depot, { itemCode: RICE, quantityBase: 1 });
    await register(service, other, [row]);
    const rows = await service.database.query<{ document_hash: string; all: string }>(
      `SELECT document_hash, to_json(household)::text AS all FROM households AS household
       WHERE incident_id IN ($1, $2)`,
      [journey.order.incidentId, other.order.incidentId],
    );
    expect(rows.map(({ all }) => all.includes('140930195001011234'))).toEqual([false, false]);
    expect(new Set(rows.map(({ document_hash }) => document_hash)).size).toBe(2);
  });

  it('taken in again enters nobody twice, neither by document nor by row; the new counts hold', async () => {
    const rows = [aHousehold({ documentNumber: 'A1234567' }), aHousehold({ headName: '李强', listReference: '2' })];
    const first = await registered(service, journey, rows);
    const again = await register(service, journey, [
      aHousehold({ documentNumber: 'a1234567', peopleCount: 3, childCount: 1 }),
      aHousehold({ headName: '李强', listReference: '2' }),
      aHousehold({ headName: '赵六', listReference: '3' }),
    ]);
    expect(again.body.households.map(({ householdId, known }) => [householdId, known])).toEqual([
      [first[0], true],
      [first[1], true],
      [expect.any(String), false],
    ]);
    const { items } = await get<HouseholdsResponse>(`${site()}/households`);
    expect(items.map(({ peopleCount, childCount }) => [peopleCount, childCount])).toEqual([
      [3, 1],
      [2, 0],
      [2, 0],
    ]);
  });

  it('of 500 rows is taken in at once, and one more is refused', async () => {
    const rows = Array.from({ length: 501 }, (_, index) => aHousehold({ documentNumber: `D${100_000 + index}` }));
    expect((await register(service, journey, rows)).body).toMatchObject({ code: 'REQUEST_INVALID' });
    expect((await register(service, journey, rows.slice(1))).body.households).toHaveLength(500);
  });

  it('that two phones send at the same moment enters each household once', async () => {
    const rows = [1, 2, 3].map((number) => aHousehold({ documentNumber: `PHONE${number}` }));
    const answers = await Promise.all(
      [rows, [...rows].reverse(), rows].map((list) => register(service, journey, list)),
    );
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201]);
    expect((await get<HouseholdsResponse>(`${site()}/households`)).total).toBe(3);
  });

  it.each([
    ['no people', { peopleCount: 0 }, '/rows/0/peopleCount'],
    ['more children than people', { peopleCount: 2, childCount: 3 }, '/rows/0/peopleCount'],
    ['a name of blanks', { headName: '  ' }, '/rows/0/headName'],
    ['a document that is none', { documentNumber: '1409 3019' }, '/rows/0/documentNumber'],
    ['a phone that is none', { phone: 'call me' }, '/rows/0/phone'],
    ['half a person', { peopleCount: 1.5 }, '/rows/0/peopleCount'],
    ['a field nobody asked for', { religion: 'none' }, '/rows/0/religion'],
  ])('is refused with %s, and the answer does not repeat it', async (_what, overrides, pointer) => {
    const before = await ledgerCounts(service);
    const answer = await register(service, journey, [aHousehold(overrides)]);
    expect(answer.body).toMatchObject({ code: 'REQUEST_INVALID', errors: [{ pointer }] });
    expect(JSON.stringify(answer.body)).not.toMatch(/张三|1409 3019|call me/);
    expect(await ledgerCounts(service)).toEqual(before);
  });

  it('is refused when a household comes twice in it, or a row is somebody else already', async () => {
    const same = aHousehold({ documentNumber: 'TWICE001' });
    expect((await register(service, journey, [same, same])).body).toMatchObject({
      code: 'REQUEST_INVALID',
      errors: [{ pointer: '/rows/1' }],
    });
    await register(service, journey, [aHousehold({ documentNumber: 'FIRST001', listReference: '1' })]);
    const other = [aHousehold({ documentNumber: 'OTHER001', listReference: '1' })];
    expect((await register(service, journey, other)).body).toMatchObject({
      code: 'REQUEST_INVALID',
      errors: [{ pointer: '/rows/0/listReference' }],
    });
  });

  it('is refused to another county and to those who may not', async () => {
    expect((await register(service, journey, [aHousehold()], STRANGER)).body).toMatchObject({
      code: 'SUPPLIES_SITE_NOT_FOUND',
      status: 404,
    });
    expect((await register(service, journey, [aHousehold()], AUDITOR)).body).toMatchObject({
      code: 'AUTH_ROLE_MISSING',
    });
  });
});

describe('priority groups', () => {
  it('that wait while others are served give a warning, and the report shows who was passed over', async () => {
    const [old, healthy, sick] = await registered(service, journey, [
      aHousehold({ headName: '王秀英', elderlyCount: 1 }),
      aHousehold({ headName: '李强' }),
      aHousehold({ headName: '赵六', sickCount: 1 }),
    ]);
    expect((await serve(service, journey, [{ householdId: healthy }])).body).toMatchObject({
      warnings: [{ itemCode: RICE, priorityWaiting: 2 }],
    });
    expect((await serve(service, journey, [{ householdId: old }])).body).toMatchObject({ warnings: [] });
    const order = await get<ServiceOrderResponse>(`${site()}/service-order?item=${RICE}`, DISPATCHER);
    expect(order).toMatchObject({
      households: 3,
      served: 2,
      priorityHouseholds: 2,
      priorityWaiting: 1,
      servedTooEarly: 1,
    });
    expect(order.items.map(({ householdId, position, overtook }) => [householdId, position, overtook])).toEqual([
      [healthy, 1, 2],
      [old, 2, 0],
      [sick, null, 0],
    ]);
    const waiting = await get<HouseholdsResponse>(`${site()}/households?waitingFor=${RICE}`);
    expect(waiting.items.map(({ id }) => id)).toEqual([sick]);
  });
});

describe('personal fields', () => {
  it('are shown in full to those who work with them in their region, masked to all others', async () => {
    const [wang] = await registered(service, journey, [aHousehold({ headName: '王秀英', phone: '13812345678' })]);
    const signature = { signerName: '王小明', signedFor: 'family', imagePng: PNG };
    await serve(service, journey, [{ householdId: wang, signature }]);
    for (const reader of [KEEPER, STOCK_MANAGER, AUDITOR]) {
      expect(await get(`households/${wang}`, reader)).toMatchObject({
        masked: false,
        headName: '王秀英',
        phone: '13812345678',
        handouts: [{ signerName: '王小明', signatureImage: PNG }],
      });
    }
    // The depot's region sees the site its goods went to, but the households there are another region's.
    const township = { ...KEEPER, regionCode: '140930100' };
    await service.database.query('UPDATE depots SET region_code = $2, tier = $3 WHERE id = $1', [
      depot.id,
      township.regionCode,
      'township',
    ]);
    for (const reader of [DISPATCHER, APPROVER, township]) {
      const shown = await get<HouseholdDetailResponse>(`households/${wang}`, reader);
      expect(shown).toMatchObject({
        masked: true,
        headName: '王*',
        phone: '138******78',
        handouts: [{ signerName: '王*', signatureImage: null }],
      });
      expect(JSON.stringify(shown)).not.toMatch(/秀英|小明|12345/);
    }
  });

  it('are of no household to another county, and nothing for a driver', async () => {
    const [wang] = await registered(service, journey, [aHousehold()]);
    expect(await get(`households/${wang}`, STRANGER)).toMatchObject({ code: 'SUPPLIES_HOUSEHOLD_NOT_FOUND' });
    expect(await get(`${site()}/households`, STRANGER)).toMatchObject({ code: 'SUPPLIES_SITE_NOT_FOUND' });
    expect(await get(`${site()}/households`, { roles: ['driver'] })).toMatchObject({ code: 'AUTH_ROLE_MISSING' });
  });

  it('are kept in no answer that is kept for a repeated request', async () => {
    await register(service, journey, [aHousehold({ headName: '慕容秋', phone: '13912345678' })]);
    const kept = await service.database.query(
      `SELECT 1 FROM idempotency_keys WHERE answer::text LIKE '%慕容秋%' OR answer::text LIKE '%13912345678%'`,
    );
    expect(kept).toEqual([]);
  });

  it('end a year after the last entry; what was handed out stays', async () => {
    const [wang] = await registered(service, journey, [
      aHousehold({ phone: '13812345678', documentNumber: 'ERASE001' }),
    ]);
    const signature = { signerName: '王小明', signedFor: 'family', imagePng: PNG };
    await serve(service, journey, [{ householdId: wang, signature }]);
    await service.database.query(
      `UPDATE deadlines SET due_at = now() WHERE kind = 'household-erasure' AND subject_id = $1`,
      [journey.order.incidentId],
    );
    await waitFor('the personal fields to be erased', async () => {
      const shown = await get<HouseholdDetailResponse>(`households/${wang}`);
      return shown.headName === null && shown.phone === null && shown.document === null;
    });
    expect(await get(`households/${wang}`)).toMatchObject({
      peopleCount: 2,
      handouts: [{ itemCode: RICE, quantityBase: 1, signerName: null, signatureImage: null, signedFor: 'family' }],
    });
    expect(await reached('site', journey.order.site.siteId)).toMatchObject({ peopleReached: 2 });
  });
});
