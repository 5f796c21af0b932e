import { randomUUID } from 'node:crypto';
import { HandoutRecorded } from '@ledger/contracts';
import { type TestCaller, type TestService } from '@ledger/testing';
import type { HandoutDetailResponse } from '../src/sites/dto/handout.dto';
import type { HouseholdsResponse, PeopleReachedResponse } from '../src/sites/dto/household.dto';
import { aHousehold, registered, serve } from './support/households';
import { brokenInvariants } from './support/invariants';
import { aStockedDepot, handOut, ofAllocation, reverse } from './support/site-work';
import {
  AUDITOR,
  KEEPER,
  RICE,
  delivered,
  ledgerCounts,
  startSupplies,
  type Journey,
  type Problem,
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

describe('a hand-out by list', () => {
  it('says who got what and who signed, and counts the people', async () => {
    const [wang] = await registered(service, journey, [aHousehold({ headName: '王秀英', elderlyCount: 1 })]);
    const signature = { signerName: '王小明', signedFor: 'family', imagePng: PNG, reference: 'folder 3' };
    const { status, body } = await serve(service, journey, [
      { householdId: wang, quantityBase: 2, signature },
      { household: aHousehold({ headName: '李强', peopleCount: 5 }), quantityBase: 3 },
    ]);
    expect([status, body]).toEqual([201, expect.objectContaining({ peopleReached: 7, households: 2, warnings: [] })]);
    const [event] = ofAllocation(await service.published(HandoutRecorded), journey);
    expect(event).toMatchObject({ peopleReached: 7, lines: [{ itemCode: RICE, quantityBase: 5 }] });
    expect(JSON.stringify(event)).not.toMatch(/王秀英|李强/);
    const handout = await get<HandoutDetailResponse>(`hand-outs/${body.handoutId}`);
    expect(handout.recipients).toMatchObject([
      { headName: '王*', priority: true, signerName: '王*', signedFor: 'family', hasSignatureImage: true },
      { headName: '李*', priority: false, signerName: null, lines: [{ quantityBase: 3 }] },
    ]);
    expect(await get(`${site()}/hand-outs`)).toMatchObject({
      total: 1,
      items: [{ id: body.handoutId, households: 2 }],
    });
  });

  it('counts nobody twice: not within the allocation, not over the incident', async () => {
    const [wang, li] = await registered(service, journey, [aHousehold(), aHousehold({ peopleCount: 3 })]);
    await serve(service, journey, [{ householdId: wang }]);
    const again = await serve(service, journey, [
      { householdId: wang, repeatReason: 'theirs got wet' },
      { householdId: li },
    ]);
    expect(again.body).toMatchObject({ peopleReached: 3, households: 2 });
    const tents = await delivered(service, depot, { quantityBase: 9 });
    await service.database.query('UPDATE sites SET incident_id = $2 WHERE id = $1', [
      tents.order.site.siteId,
      journey.order.incidentId,
    ]);
    expect((await serve(service, tents, [{ householdId: wang }])).body).toMatchObject({ peopleReached: 2 });
    await handOut(service, tents, 2);
    const events = ofAllocation(await service.published(HandoutRecorded), journey);
    expect(events.map(({ peopleReached }) => peopleReached)).toEqual([2, 3]);
    expect(await reached('incident', journey.order.incidentId)).toMatchObject({
      peopleReached: 2 + 3 + 6,
      households: 2,
      peopleWithoutList: 6,
      byItemGroup: [
        { itemGroup: 'livelihood', households: 2, people: 5 },
        { itemGroup: 'living_relief', households: 1, people: 2 },
      ],
    });
    expect(await reached('allocation', journey.order.allocationId)).toMatchObject({ peopleReached: 5 });
    expect(await get(site())).toMatchObject({ peopleReached: 5 });
  });

  it('forgets the people of a hand-out that was undone', async () => {
    const [wang] = await registered(service, journey, [aHousehold()]);
    const { body } = await serve(service, journey, [{ householdId: wang }]);
    await reverse(service, body.movementId);
    expect(await reached('site', journey.order.site.siteId)).toMatchObject({ peopleReached: 0, households: 0 });
    expect((await serve(service, journey, [{ householdId: wang }])).body).toMatchObject({ peopleReached: 2 });
  });

  it('gives a household the same item again only with a reason', async () => {
    const [wang] = await registered(service, journey, [aHousehold()]);
    await serve(service, journey, [{ householdId: wang }]);
    const before = await ledgerCounts(service);
    expect((await serve(service, journey, [{ householdId: wang }])).body).toMatchObject({
      code: 'SUPPLIES_HANDOUT_REPEATED',
      status: 409,
      errors: [{ pointer: '/recipients/0/repeatReason' }],
    });
    expect(await ledgerCounts(service)).toEqual(before);
    expect((await serve(service, journey, [{ householdId: wang, repeatReason: 'a child was born' }])).status).toBe(201);
    expect(await get(`households/${wang}`)).toMatchObject({
      itemsReceived: [RICE],
      handouts: [{ repeatReason: 'a child was born' }, { repeatReason: null }],
    });
  });

  it('gives it once, however many tables serve a household at the same moment', async () => {
    const [wang] = await registered(service, journey, [aHousehold()]);
    const answers = await Promise.all([1, 2, 3].map(() => serve(service, journey, [{ householdId: wang }])));
    expect(answers.map(({ status, body }) => body.code ?? status).sort()).toEqual([
      201,
      'SUPPLIES_HANDOUT_REPEATED',
      'SUPPLIES_HANDOUT_REPEATED',
    ]);
    expect(await reached('incident', journey.order.incidentId)).toMatchObject({ peopleReached: 2 });
  });

  it.each([
    [
      'a list that does not add up',
      () => ({ lines: [{ lineId: journey.order.lines[0].lineId, quantityBase: 2 }] }),
      '/lines/0',
    ],
    ['a head count beside the list', () => ({ peopleReached: 3 }), '/peopleReached'],
    ['an empty list', () => ({ recipients: [] }), '/recipients'],
  ])('is refused with %s', async (_what, fields, pointer) => {
    const [wang] = await registered(service, journey, [aHousehold()]);
    const before = await ledgerCounts(service);
    expect((await serve(service, journey, [{ householdId: wang }], fields())).body).toMatchObject({
      code: 'REQUEST_INVALID',
      errors: [{ pointer }],
    });
    expect(await ledgerCounts(service)).toEqual(before);
  });

  it('is refused with strangers, nobody, doubles and signatures that are none', async () => {
    const [wang] = await registered(service, journey, [aHousehold()]);
    const other = await delivered(service, depot, { itemCode: RICE, quantityBase: 1 });
    const [elsewhere] = await registered(service, other, [aHousehold()]);
    const signed = (imagePng: string) => ({ signerName: '王', signedFor: 'self', imagePng });
    const before = await ledgerCounts(service);
    const cases = [
      [[{ householdId: randomUUID() }], '/recipients/0/householdId'],
      [[{ householdId: elsewhere }], '/recipients/0/householdId'],
      [[{}], '/recipients/0'],
      [[{ householdId: wang, household: aHousehold() }], '/recipients/0'],
      [[{ householdId: wang }, { householdId: wang }], '/recipients/1'],
      [[{ householdId: wang, signature: signed('R0lGODlh') }], '/recipients/0/signature/imagePng'],
      [[{ householdId: wang, signature: signed('A'.repeat(30_000)) }], '/recipients/0/signature/imagePng'],
      [[{ householdId: wang, signature: { signerName: '王', signedFor: 'dog' } }], '/recipients/0/signature/signedFor'],
    ] as const;
    for (const [recipients, pointer] of cases) {
      expect((await serve(service, journey, recipients)).body).toMatchObject({
        code: 'REQUEST_INVALID',
        errors: [{ pointer }],
      });
    }
    expect(await ledgerCounts(service)).toEqual(before);
  });

  it('is refused for more than there is, and leaves no household behind', async () => {
    const many = [{ household: aHousehold(), quantityBase: 51 }];
    expect((await serve(service, journey, many)).body).toMatchObject({ code: 'SUPPLIES_QUANTITY_EXCEEDS_BALANCE' });
    expect((await get<HouseholdsResponse>(`${site()}/households`)).total).toBe(0);
  });
});

describe('the remainder of a hand-out', () => {
  const bringBack = (handoutId: string, lineId = journey.order.lines[0].lineId, at = journey) =>
    service.request<{ returnId: string } & Problem>(
      'POST',
      `/api/v1/supplies/${`sites/${at.order.site.siteId}`}/returns`,
      {
        as: KEEPER,
        body: {
          allocationId: at.order.allocationId,
          depotId: depot.id,
          handoutId,
          lines: [{ lineId, usableBase: 5, damagedBase: 0, lostBase: 0 }],
        },
      },
    );

  it('comes back under its name', async () => {
    const { body } = await serve(service, journey, [{ household: aHousehold(), quantityBase: 45 }]);
    const back = await bringBack(body.handoutId);
    expect(back.status).toBe(201);
    expect(await get(`hand-outs/${body.handoutId}`)).toMatchObject({ remainderReturnIds: [back.body.returnId] });
  });

  it('is refused for a hand-out of another place', async () => {
    const { body } = await serve(service, journey, [{ household: aHousehold() }]);
    const tents = await delivered(service, depot, { quantityBase: 9 });
    const before = await ledgerCounts(service);
    for (const answer of [
      await bringBack(randomUUID()),
      await bringBack(body.handoutId, tents.order.lines[0].lineId, tents),
    ]) {
      expect(answer.body).toMatchObject({ code: 'REQUEST_INVALID', errors: [{ pointer: '/handoutId' }] });
    }
    expect(await ledgerCounts(service)).toEqual(before);
  });
});

it('a hand-out is not found from another county', async () => {
  const { body } = await serve(service, journey, [{ household: aHousehold() }]);
  expect(await get(`hand-outs/${body.handoutId}`, STRANGER)).toMatchObject({ code: 'SUPPLIES_HANDOUT_NOT_FOUND' });
  expect(await get(`hand-outs/${randomUUID()}`)).toMatchObject({ code: 'SUPPLIES_HANDOUT_NOT_FOUND', status: 404 });
});
