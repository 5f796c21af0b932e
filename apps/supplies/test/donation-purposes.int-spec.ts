import { randomUUID } from 'node:crypto';
import { OrderIssue, RecordDelivery, ReserveStock, StockRefused, StockReserved } from '@ledger/contracts';
import type { TestService } from '@ledger/testing';
import type { CertificateResponse } from '../src/donations/dto/donation-intake.dto';
import type { AllocateDonationResponse } from '../src/donations/dto/donation-goods.dto';
import type { PublishedDonationsResponse } from '../src/donations/dto/public-donation.dto';
import { DONOR, PERSONAL, aDonation, aGift, aStoredDonation, donationStep, tracePublicly } from './support/gifts';
import { brokenInvariants } from './support/invariants';
import { FOOD, KitBench, TORCH } from './support/kit-bench';
import { done, post } from './support/purchases';
import { handOut, reverse } from './support/site-work';
import {
  APPROVER,
  KEEPER,
  RICE,
  STOCK_MANAGER,
  aDelivery,
  aDepot,
  aLot,
  aReserve,
  aSite,
  anOrder,
  confirm,
  ledgerCounts,
  parkedCodes,
  setQuality,
  startSupplies,
  stockOf,
  type Problem,
  type TestDepot,
} from './support/world';

let service: TestService;
let depot: TestDepot;

beforeAll(async () => {
  service = await startSupplies();
});
afterAll(() => service.stop());
beforeEach(async () => {
  depot = await aDepot(service);
});
afterEach(async () => {
  expect(await brokenInvariants(service.database)).toEqual([]);
});

const INCIDENT = randomUUID();
const forTownship = { kind: 'region', regionCode: '140930101' };
const there = { regionCode: '140930101200', incidentId: randomUUID() };

/** Asks for pieces of the depot and says what was answered. */
async function reserve(quantityBase: number, destination?: ReserveStock['destination']) {
  const command = aReserve([{ depotId: depot.id, quantityBase }], { destination });
  await service.publish(ReserveStock, command);
  await service.settled();
  const mine = <Data extends { reservationId: string }>(all: Data[]) =>
    all.filter(({ reservationId }) => reservationId === command.reservationId);
  const [held] = mine(await service.published(StockReserved));
  const [refused] = mine(await service.published(StockRefused));
  return { command, lots: held?.shares.map(({ lotId }) => lotId) ?? refused?.code };
}

describe('goods that were given for a purpose', () => {
  it('are reserved where they fit, and nowhere else', async () => {
    const { lotId } = await aStoredDonation(service, aGift(depot, { purpose: forTownship }));
    expect((await reserve(5)).lots).toBe('SUPPLIES_DEMAND_NOT_COVERED');
    expect((await reserve(5, { ...there, regionCode: '140930102' })).lots).toBe('SUPPLIES_DEMAND_NOT_COVERED');
    expect((await reserve(5, there)).lots).toEqual([lotId]);
  });

  it('of an incident go to that incident, those of a group to nobody on a guess', async () => {
    const incident = await aStoredDonation(
      service,
      aGift(depot, { purpose: { kind: 'incident', incidentId: INCIDENT } }),
    );
    await aStoredDonation(service, aGift(depot, { purpose: { kind: 'group', group: 'children' } }));
    expect((await reserve(5, { ...there, incidentId: INCIDENT })).lots).toEqual([incident.lotId]);
    expect((await reserve(5, there)).lots).toBe('SUPPLIES_DEMAND_NOT_COVERED');
  });

  it('leave undirected goods free beside them', async () => {
    await aStoredDonation(service, aGift(depot, { purpose: forTownship }));
    const free = await aStoredDonation(service, aGift(depot));
    const bought = await aLot(service, depot, { quantityBase: 10 });
    const { lots } = await reserve(30);
    expect(new Set(lots)).toEqual(new Set([free.lotId, bought]));
  });

  it('do not leave for another site, even when the order names one', async () => {
    await aStoredDonation(service, aGift(depot, { purpose: forTownship }));
    const { command } = await reserve(5, there);
    const elsewhere = anOrder(command, { site: aSite({ regionCode: '140930102200' }) });
    await service.publish(OrderIssue, elsewhere);
    await service.settled();
    const before = await ledgerCounts(service);
    expect((await confirm(service, elsewhere)).body).toMatchObject({
      code: 'SUPPLIES_DONATION_PURPOSE_BREACH',
      status: 409,
    });
    expect(await ledgerCounts(service)).toEqual(before);
  });

  it('are not used up by hand', async () => {
    const { lotId } = await aStoredDonation(service, aGift(depot, { purpose: forTownship }));
    const use = { kind: 'use', depotId: depot.id, lines: [{ lotId, quantityBase: 1 }], note: '领用' };
    expect((await post<Problem>(service, 'movements', use, KEEPER)).body).toMatchObject({
      code: 'SUPPLIES_DONATION_PURPOSE_BREACH',
    });
  });

  it('are not built into kits, where nobody would know what they were for', async () => {
    const bench = await KitBench.open(service);
    await aLot(service, depot, { itemCode: TORCH, quantityBase: 1 });
    const lines = [{ itemCode: FOOD, quantityBase: 3, valueFen: 0 }];
    const gift = await aStoredDonation(service, aGift(depot, { purpose: forTownship, lines }));
    expect((await bench.build(depot, 1)).body).toMatchObject({
      ...{ code: 'SUPPLIES_KIT_COMPONENTS_SHORT', facts: { itemCode: FOOD, usableBase: 0 } },
    });
    const paper = { lineId: gift.lines[0].lineId, paperNumber: 'P-1', reason: '捐赠人同意' };
    await done(donationStep(service, gift.donationId, 'purpose-lifts', paper, APPROVER));
    expect((await bench.build(depot, 1)).status).toBe(201);
  });

  it('are freed by a named paper of somebody else, once for good', async () => {
    const { donationId, lines, lotId } = await aStoredDonation(service, aGift(depot, { purpose: forTownship }));
    const [{ lineId }] = lines;
    const paper = { lineId, paperNumber: '捐赠人同意书1号', reason: '该镇已足' };
    expect((await donationStep(service, donationId, 'purpose-lifts', paper, STOCK_MANAGER)).body).toMatchObject({
      code: 'AUTH_ROLE_MISSING',
    });
    const own = { ...KEEPER, roles: ['approver' as const] };
    expect((await donationStep(service, donationId, 'purpose-lifts', paper, own)).body).toMatchObject({
      code: 'SUPPLIES_APPROVAL_BY_REQUESTER',
    });
    const unknown = { ...paper, lineId: randomUUID() };
    expect((await donationStep(service, donationId, 'purpose-lifts', unknown, APPROVER)).body).toMatchObject({
      code: 'SUPPLIES_DONATION_LINE_UNKNOWN',
    });
    expect((await donationStep(service, donationId, 'purpose-lifts', paper, APPROVER)).status).toBe(201);
    expect((await aDonation(service, donationId)).lines).toMatchObject([{ bound: false }]);
    expect((await reserve(5)).lots).toEqual([lotId]);
  });
});

describe('an allocation of donated goods', () => {
  const give = (
    gift: { donationId: string; lines: { lineId: string }[] },
    overrides: Record<string, unknown> = {},
    as = STOCK_MANAGER,
  ) =>
    donationStep<AllocateDonationResponse & Problem>(
      service,
      gift.donationId,
      'allocations',
      {
        ...{ lineId: gift.lines[0].lineId, quantityBase: 8, regionCode: '140930101', receiver: '楼子营小学' },
        ...overrides,
      },
      as,
    );

  it('hands goods out for the group they were given for, and says to whom', async () => {
    const gift = await aStoredDonation(service, aGift(depot, { purpose: { kind: 'group', group: 'children' } }));
    for (const wrong of [{}, { group: 'elderly' }]) {
      expect((await give(gift, wrong)).body).toMatchObject({ code: 'SUPPLIES_DONATION_PURPOSE_BREACH' });
    }
    const answer = await give(gift, { group: 'children' });
    expect(answer.status).toBe(201);
    expect((await stockOf(service, depot.id)).available).toBe(12);
    expect((await aDonation(service, gift.donationId)).allocations).toMatchObject([
      { quantityBase: 8, group: 'children', receiver: '楼子营小学', undone: false },
    ]);
    expect((await reverse(service, answer.body.movementId)).status).toBe(201);
    expect((await aDonation(service, gift.donationId)).allocations).toMatchObject([{ undone: true }]);
  });

  it('is refused beyond the region, beyond the stock, for foreign people and for the keeper alone', async () => {
    const gift = await aStoredDonation(service, aGift(depot, { purpose: forTownship }));
    const before = await ledgerCounts(service);
    expect((await give(gift, { regionCode: '140930102' })).body).toMatchObject({
      code: 'SUPPLIES_DONATION_PURPOSE_BREACH',
    });
    expect((await give(gift, { quantityBase: 21 })).body).toMatchObject({ code: 'SUPPLIES_QUANTITY_EXCEEDS_BALANCE' });
    expect((await give(gift, { depotId: randomUUID() })).body).toMatchObject({ code: 'SUPPLIES_DEPOT_NOT_FOUND' });
    expect((await give(gift, {}, { ...STOCK_MANAGER, regionCode: '140931' })).body).toMatchObject({
      code: 'SUPPLIES_DONATION_NOT_FOUND',
    });
    expect((await give(gift, {}, KEEPER)).body).toMatchObject({ code: 'AUTH_ROLE_MISSING' });
    await setQuality(service, gift.lotId, 'held');
    expect((await give(gift)).body).toMatchObject({ code: 'SUPPLIES_LOT_NOT_ISSUABLE' });
    expect(await ledgerCounts(service)).toEqual(before);
    await setQuality(service, gift.lotId, 'good');
  });

  it('gives the last pieces out once, however many ask at once', async () => {
    const gift = await aStoredDonation(service, aGift(depot, { purpose: forTownship }));
    const answers = await Promise.all([1, 2, 3, 4].map(() => give(gift, { quantityBase: 10 })));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 201, 409, 409]);
  });
});

describe('the public trace', () => {
  const certify = (donationId: string) =>
    done(donationStep<CertificateResponse>(service, donationId, 'certificate', undefined));

  it('follows the goods over store, road, site and hand-out, and says nothing about people or places', async () => {
    const lines = [{ itemCode: RICE, quantityBase: 20, valueFen: 0 }];
    const purpose = { kind: 'region', regionCode: '140930' };
    const gift = await aStoredDonation(service, aGift(depot, { lines, purpose }), { expiryDate: '2099-01-01' });
    const { traceCode } = await certify(gift.donationId);
    const reserved = aReserve([{ depotId: depot.id, quantityBase: 10 }], { itemCode: RICE, destination: there });
    const order = anOrder(reserved);
    for (const [definition, data] of [
      [ReserveStock, reserved],
      [OrderIssue, order],
    ] as const) {
      await service.publish(definition as typeof ReserveStock, data as ReserveStock);
    }
    await service.settled();
    await done(confirm(service, order));
    expect((await tracePublicly(service, traceCode)).body.lines).toMatchObject([{ storedBase: 10, onTheWayBase: 10 }]);
    await service.publish(RecordDelivery, aDelivery(order, { received: 9, lost: 1 }));
    await service.settled();
    await done(handOut(service, { reserve: reserved, order }, 6));
    await done(
      donationStep(
        service,
        gift.donationId,
        'allocations',
        {
          ...{ lineId: gift.lines[0].lineId, quantityBase: 4, regionCode: '140930102', receiver: '养老院张院长' },
        },
        STOCK_MANAGER,
      ),
    );
    const trace = await tracePublicly(service, traceCode);
    const county = { on: expect.stringMatching(/^\d{4}-\d\d-\d\d$/) as string, countyCode: '140930' };
    expect(trace.body).toMatchObject({
      ...{ state: 'received', countyCode: '140930', purpose: 'region', purposeFor: '140930', moneyFen: null },
      lines: [
        {
          ...{ nameZh: '大米', unit: '袋', givenBase: 20, receivedBase: 20 },
          ...{ storedBase: 6, onTheWayBase: 0, atSitesBase: 3, handedOutBase: 10 },
          steps: [
            { step: 'received', quantityBase: 20, ...county },
            { step: 'sent', quantityBase: 10, ...county },
            { step: 'arrived', quantityBase: 9, ...county },
            { step: 'lost', quantityBase: 1, ...county },
            { step: 'handed-out', quantityBase: 10, ...county },
          ],
        },
      ],
    });
    const { site, trips, shipmentId } = order;
    const secrets = [
      ...[...PERSONAL, '张院长', '养老院', 'Driver', 'Receiver', 'Keeper', 'Manager', trips[0].plate, site.name],
      ...[String(site.latitude), String(site.longitude), site.regionCode, '140930102', depot.id, depot.code],
      ...[gift.donationId, gift.lotId, gift.number, shipmentId, site.siteId],
    ];
    for (const secret of secrets) expect([secret, trace.text.includes(secret)]).toEqual([secret, false]);
  });

  it('stops telling what was undone', async () => {
    const gift = await aStoredDonation(service, aGift(depot));
    const { traceCode } = await certify(gift.donationId);
    await done(reverse(service, gift.movementId));
    expect((await tracePublicly(service, traceCode)).body).toMatchObject({
      ...{ state: 'accepted', lines: [{ receivedBase: 0, storedBase: 0, steps: [] }] },
    });
  });

  it('publishes names only of donors who agreed', async () => {
    const agreed = { ...DONOR, name: '愿公示者', publishName: true };
    await aStoredDonation(service, aGift(depot, { donor: agreed }));
    await aStoredDonation(service, aGift(depot, { donor: { ...DONOR, name: '不愿公示者' } }));
    await aStoredDonation(
      service,
      aGift(depot, { donor: { kind: 'organisation', anonymous: true, publishName: false } }),
    );
    const response = await fetch(`${service.url}/api/v1/supplies/public/donations?region=140930&limit=200`);
    const text = await response.text();
    const { items } = JSON.parse(text) as PublishedDonationsResponse;
    expect(items.filter(({ donorName }) => donorName !== null).map(({ donorName }) => donorName)).toEqual(['愿公示者']);
    expect(items[0]).toMatchObject({ countyCode: '140930', items: [{ nameZh: '帐篷', unit: '顶', quantityBase: 20 }] });
    for (const secret of ['不愿公示者', '13812345678', '某街7号', depot.code]) expect(text).not.toContain(secret);
    const elsewhere = await fetch(`${service.url}/api/v1/supplies/public/donations?region=140931`);
    expect(await elsewhere.json()).toEqual({ items: [], total: 0 });
    expect((await fetch(`${service.url}/api/v1/supplies/public/donations?limit=1000`)).status).toBe(400);
  });

  it('answers a stranger like anybody who has no certificate', async () => {
    for (const [code, status] of [
      ['0123456789ABCDEFGHJKMNPQRS', 404],
      ['nonsense', 400],
      [randomUUID(), 400],
    ] as const) {
      const answer = await tracePublicly(service, code);
      expect([code, answer.status]).toEqual([code, status]);
    }
    expect(await parkedCodes(service)).toEqual([]);
  });

  it('gives one certificate, and none before anything came', async () => {
    const declared = await done(post<{ donationId: string }>(service, 'donations', aGift(depot), KEEPER));
    expect((await donationStep(service, declared.donationId, 'certificate', undefined)).body).toMatchObject({
      code: 'SUPPLIES_DONATION_TRANSITION_FORBIDDEN',
    });
    const gift = await aStoredDonation(service, aGift(depot));
    const [one, other] = [await certify(gift.donationId), await certify(gift.donationId)];
    expect(other).toEqual(one);
    expect(one.traceCode).toMatch(/^[0-9A-HJKMNP-TV-Z]{26}$/);
  });
});
