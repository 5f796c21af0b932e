import { randomUUID } from 'node:crypto';
import { DonationAccepted, PurchasePapersOverdue } from '@ledger/contracts';
import { waitFor, type TestService } from '@ledger/testing';
import type { CertificateResponse } from '../src/donations/dto/donation-intake.dto';
import type { DonationsResponse } from '../src/donations/dto/donation.dto';
import {
  DONOR,
  PERSONAL,
  aDonation,
  aGift,
  aStoredDonation,
  acceptAll,
  anAcceptedDonation,
  declare,
  donationStep,
  receiveGift,
} from './support/gifts';
import { brokenInvariants } from './support/invariants';
import { CITY_APPROVER, SECOND_MANAGER, done, get } from './support/purchases';
import { reverse } from './support/site-work';
import {
  APPROVER,
  AUDITOR,
  KEEPER,
  RICE,
  STOCK_MANAGER,
  TENT,
  aDepot,
  ledgerCounts,
  startSupplies,
  stockOf,
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

const batchOf = async (lotId: string): Promise<string> =>
  (await service.database.query<{ batch_number: string }>('SELECT batch_number FROM lots WHERE id = $1', [lotId]))[0]
    .batch_number;

describe('a donation that is taken down', () => {
  it.each([
    ['nothing at all', { lines: [] }, 'REQUEST_INVALID', '/lines'],
    ['a donor without a name', { donor: { ...DONOR, name: undefined } }, 'REQUEST_INVALID', '/donor/name'],
    [
      'an anonymous donor who is to be published',
      { donor: { kind: 'person', anonymous: true, publishName: true } },
      'REQUEST_INVALID',
      '/donor/publishName',
    ],
    ['a region that is not named', { purpose: { kind: 'region' } }, 'REQUEST_INVALID', '/purpose'],
    [
      'a purpose of two kinds',
      { purpose: { kind: 'group', group: 'children', regionCode: '14' } },
      'REQUEST_INVALID',
      '/purpose',
    ],
    [
      'an unknown item',
      { lines: [{ itemCode: 'XXX-999', quantityBase: 1, valueFen: 0 }] },
      'SUPPLIES_ITEM_UNKNOWN',
      '/lines/0/itemCode',
    ],
  ])('with %s is refused', async (_what, overrides, code, pointer) => {
    const before = await ledgerCounts(service);
    const answer = await declare(service, aGift(depot, overrides));
    expect(answer.body).toMatchObject({ code, errors: [expect.objectContaining({ pointer })] });
    expect(await ledgerCounts(service)).toEqual(before);
  });

  it('is for a depot in reach, and is seen in its region only', async () => {
    const foreign = { ...KEEPER, regionCode: '140931' };
    expect((await declare(service, aGift(depot), foreign)).body).toMatchObject({ code: 'SUPPLIES_DEPOT_NOT_FOUND' });
    const { donationId } = await done(declare(service, aGift(depot)));
    const answers = [
      await get(service, `donations/${donationId}`, foreign),
      await donationStep(service, donationId, 'inspection', { lines: [] }, foreign),
      await donationStep(service, donationId, 'withdrawal', { reason: 'x' }, foreign),
    ];
    for (const { body } of answers) expect(body).toMatchObject({ code: 'SUPPLIES_DONATION_NOT_FOUND' });
    const list = await get<DonationsResponse>(service, 'donations?limit=200', foreign);
    expect(list.body.items.map((item) => item.donationId)).not.toContain(donationId);
  });

  it('shows the donor to those who decide, and masked to all others', async () => {
    const { donationId, number } = await done(declare(service, aGift(depot)));
    for (const as of [STOCK_MANAGER, APPROVER]) {
      expect((await aDonation(service, donationId, as)).donor).toMatchObject({
        name: '李爱心',
        phone: '13812345678',
        masked: false,
      });
    }
    for (const as of [KEEPER, AUDITOR]) {
      const seen = await aDonation(service, donationId, as);
      expect(seen).toMatchObject({
        number,
        traceCode: null,
        donor: { name: '李**', phone: null, address: null, masked: true },
      });
      for (const secret of PERSONAL) expect(JSON.stringify(seen)).not.toContain(secret);
    }
    const list = await get<DonationsResponse>(service, 'donations?limit=200', STOCK_MANAGER);
    for (const secret of PERSONAL) expect(JSON.stringify(list.body)).not.toContain(secret);
  });

  it('puts nothing personal into events, keys of requests, movements or lots', async () => {
    await aStoredDonation(service, aGift(depot));
    for (const table of ['outbox', 'idempotency_keys', 'movements', 'lots', 'approvals', 'deadlines']) {
      const [{ text }] = await service.database.query<{ text: string | null }>(
        `SELECT string_agg(each::text, ' ') AS text FROM ${table} AS each`,
      );
      for (const secret of PERSONAL) expect([table, String(text).includes(secret)]).toEqual([table, false]);
    }
  });

  it('forgets who gave when the donor asks for it, and keeps what was given', async () => {
    const { donationId } = await aStoredDonation(service, aGift(depot));
    expect((await donationStep(service, donationId, 'donor-erasure', undefined, KEEPER)).body).toMatchObject({
      code: 'AUTH_ROLE_MISSING',
    });
    await done(donationStep(service, donationId, 'donor-erasure', undefined, STOCK_MANAGER));
    const seen = await aDonation(service, donationId, STOCK_MANAGER);
    expect(seen).toMatchObject({
      donor: { anonymous: true, name: null, phone: null, address: null },
      lines: [{ receivedBase: 20 }],
    });
  });
});

describe('an inspection', () => {
  it('takes what is fit, refuses the rest with a reason, and waits for a second person', async () => {
    const lines = [
      { itemCode: TENT, quantityBase: 20, valueFen: 100_000 },
      { itemCode: RICE, quantityBase: 5, valueFen: 50_000 },
    ];
    const donation = await done(declare(service, aGift(depot, { lines })));
    const [tents, rice] = donation.lines.map(({ lineId }) => lineId);
    const inspection = {
      lines: [
        { lineId: tents, accept: true },
        { lineId: rice, accept: false, refusalReason: 'expired', note: '2024年到期' },
      ],
    };
    const answer = await donationStep(service, donation.donationId, 'inspection', inspection);
    expect(answer.body).toMatchObject({
      ...{ state: 'submitted', signatory: 'stock-manager' },
      lines: [{ decision: 'accepted' }, { decision: 'refused' }],
    });
    await done(donationStep(service, donation.donationId, 'decision', { decision: 'approve' }, SECOND_MANAGER));
    const [event] = (await service.published(DonationAccepted)).filter(
      ({ donationId }) => donationId === donation.donationId,
    );
    expect(event).toMatchObject({
      papers: 'signed',
      purpose: { kind: 'undirected' },
      lines: [{ itemCode: TENT, quantityBase: 20 }],
    });
    const refused = await donationStep(service, donation.donationId, 'receipts', {
      lines: [{ lineId: rice, quantityBase: 5 }],
    });
    expect(refused.body).toMatchObject({ code: 'SUPPLIES_DONATION_LINE_NOT_ACCEPTED' });
    expect((await aDonation(service, donation.donationId)).lines).toMatchObject([
      { decision: 'accepted', refusalReason: null },
      { decision: 'refused', refusalReason: 'expired', refusalNote: '2024年到期' },
    ]);
  });

  it('that finds nothing fit ends the donation', async () => {
    const donation = await done(declare(service, aGift(depot)));
    const lines = donation.lines.map(({ lineId }) => ({ lineId, accept: false, refusalReason: 'unsafe' }));
    expect((await donationStep(service, donation.donationId, 'inspection', { lines })).body).toMatchObject({
      state: 'refused',
    });
    expect((await receiveGift(service, donation)).body).toMatchObject({
      code: 'SUPPLIES_DONATION_TRANSITION_FORBIDDEN',
    });
  });

  it('names every line once, and a reason for every refusal', async () => {
    const donation = await done(declare(service, aGift(depot)));
    const [{ lineId }] = donation.lines;
    for (const [lines, code] of [
      [[], 'REQUEST_INVALID'],
      [[{ lineId, accept: false }], 'REQUEST_INVALID'],
      [[{ lineId, accept: true, refusalReason: 'unsafe' }], 'REQUEST_INVALID'],
      [
        [
          { lineId, accept: true },
          { lineId, accept: true },
        ],
        'REQUEST_INVALID',
      ],
      [[{ lineId: randomUUID(), accept: true }], 'SUPPLIES_DONATION_LINE_UNKNOWN'],
    ] as const) {
      expect((await donationStep(service, donation.donationId, 'inspection', { lines })).body).toMatchObject({ code });
    }
  });

  it('of larger values goes to the commander, and nobody agrees to what they took down', async () => {
    const lines = [{ itemCode: TENT, quantityBase: 100, valueFen: 8_000_000 }];
    const donation = await done(declare(service, aGift(depot, { lines }), STOCK_MANAGER));
    const answer = await donationStep(service, donation.donationId, 'inspection', acceptAll(donation), STOCK_MANAGER);
    expect(answer.body).toMatchObject({ signatory: 'approver' });
    const decide = (as: typeof APPROVER) =>
      donationStep(service, donation.donationId, 'decision', { decision: 'approve' }, as);
    expect((await decide({ ...STOCK_MANAGER, roles: ['approver'] })).body).toMatchObject({
      code: 'SUPPLIES_APPROVAL_BY_REQUESTER',
    });
    expect((await decide(SECOND_MANAGER)).body).toMatchObject({ code: 'SUPPLIES_APPROVAL_TIER_TOO_LOW' });
    expect((await decide(APPROVER)).body).toMatchObject({ state: 'accepted' });
  });

  it('of money alone ends as accepted and gets its certificate', async () => {
    const donation = await anAcceptedDonation(service, aGift(depot, { lines: [], moneyFen: 500_000 }));
    const { body } = await donationStep<CertificateResponse>(service, donation.donationId, 'certificate', undefined);
    expect(body).toMatchObject({ certificateNumber: expect.stringMatching(/^DC-\d{4}-\d{6}$/) as string });
  });

  it('that is withdrawn ends the request with it', async () => {
    const donation = await done(declare(service, aGift(depot)));
    await done(donationStep(service, donation.donationId, 'inspection', acceptAll(donation)));
    expect((await donationStep(service, donation.donationId, 'withdrawal', { reason: '另有用处' })).body).toMatchObject(
      { state: 'withdrawn' },
    );
    const late = await donationStep(service, donation.donationId, 'decision', { decision: 'approve' }, SECOND_MANAGER);
    expect(late.body).toMatchObject({ code: 'SUPPLIES_APPROVAL_NOT_PENDING' });
  });
});

describe('a receipt of a donation', () => {
  it('makes every line a lot of its own, with the donation’s number unless one is printed', async () => {
    const lines = [1, 2].map(() => ({ itemCode: TENT, quantityBase: 5, valueFen: 0 }));
    const donation = await anAcceptedDonation(service, aGift(depot, { lines }));
    const { lots, state } = await done(receiveGift(service, donation));
    expect(state).toBe('received');
    const numbers = await Promise.all(lots.map(({ lotId }) => batchOf(lotId)));
    expect(numbers).toEqual([`${donation.number}-1`, `${donation.number}-2`]);
    expect((await stockOf(service, depot.id)).available).toBe(10);
    const origins = await service.database.query<{ origin: string }>(
      'SELECT DISTINCT origin FROM lots WHERE id = ANY($1)',
      [lots.map(({ lotId }) => lotId)],
    );
    expect(origins).toEqual([{ origin: 'donation' }]);
  });

  it('keeps two donations of one printed batch apart, also when they arrive at once', async () => {
    const batchNumber = `P-${randomUUID().slice(0, 8)}`;
    const donations = await Promise.all(Array.from({ length: 4 }, () => anAcceptedDonation(service, aGift(depot))));
    const answers = await Promise.all(donations.map((donation) => receiveGift(service, donation, { batchNumber })));
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201]);
    const lotIds = answers.map(({ body }) => body.lots[0].lotId);
    expect(new Set(lotIds).size).toBe(4);
    const numbers = await Promise.all(lotIds.map(batchOf));
    expect(numbers.every((number) => number.startsWith(batchNumber))).toBe(true);
    expect(numbers.filter((number) => number === batchNumber)).toHaveLength(1);
  });

  it('books what was counted, and each line once, however many people do it at once', async () => {
    const donation = await anAcceptedDonation(service, aGift(depot));
    const answers = await Promise.all([1, 2, 3].map(() => receiveGift(service, donation, { quantityBase: 23 })));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
    expect((await stockOf(service, depot.id)).available).toBe(23);
    expect((await aDonation(service, donation.donationId)).lines).toMatchObject([
      { declaredBase: 20, receivedBase: 23 },
    ]);
  });

  it('that is undone lets the line wait again, for another lot', async () => {
    const { donationId, lines, movementId, lotId } = await aStoredDonation(service, aGift(depot));
    expect((await reverse(service, movementId)).status).toBe(201);
    expect(await aDonation(service, donationId)).toMatchObject({
      state: 'accepted',
      lines: [{ receivedBase: 0, lotId: null }],
    });
    const again = await done(receiveGift(service, { donationId, lines }));
    expect(again.lots[0].lotId).not.toBe(lotId);
    expect(again.state).toBe('received');
  });

  it('of food without a date is refused as any receipt is', async () => {
    const lines = [{ itemCode: RICE, quantityBase: 5, valueFen: 0 }];
    const donation = await anAcceptedDonation(service, aGift(depot, { lines }));
    const before = await ledgerCounts(service);
    expect((await receiveGift(service, donation)).body).toMatchObject({ code: 'SUPPLIES_DATES_INVALID' });
    expect(await ledgerCounts(service)).toEqual(before);
  });
});

describe('a donation in an emergency', () => {
  it('comes in at once, and its papers are owed until somebody else signs', async () => {
    const donation = await done(declare(service, aGift(depot)));
    const inspection = { ...acceptAll(donation), actFirst: true };
    const bare = await donationStep(service, donation.donationId, 'inspection', inspection);
    expect(bare.body).toMatchObject({ code: 'REQUEST_INVALID', errors: [{ pointer: '/reason' }] });
    const answer = await donationStep(service, donation.donationId, 'inspection', {
      ...inspection,
      reason: '凌晨到货',
    });
    expect(answer.body).toMatchObject({ state: 'accepted', papersDueAt: expect.any(String) as string });
    await done(receiveGift(service, donation));
    await service.database.query(
      `UPDATE deadlines SET due_at = now() - interval '1 second'
       WHERE subject_id IN (SELECT id FROM approvals WHERE subject_id = $1)`,
      [donation.donationId],
    );
    const warnings = async () =>
      (await service.published(PurchasePapersOverdue)).filter(({ subjectId }) => subjectId === donation.donationId);
    await waitFor('the warning', async () => (await warnings()).length > 0);
    expect(await warnings()).toMatchObject([{ kind: 'donation', subjectNumber: donation.number, warning: 1 }]);
    const own = await donationStep(
      service,
      donation.donationId,
      'decision',
      { decision: 'approve' },
      { ...KEEPER, roles: ['stock-manager'] },
    );
    expect(own.body).toMatchObject({ code: 'SUPPLIES_APPROVAL_BY_REQUESTER' });
    const signed = await donationStep(
      service,
      donation.donationId,
      'decision',
      { decision: 'approve', paperNumber: 'P-9' },
      CITY_APPROVER,
    );
    expect(signed.body).toMatchObject({ state: 'received' });
    expect((await aDonation(service, donation.donationId)).approvals).toMatchObject([
      { lane: 'act-first', state: 'approved', paperNumber: 'P-9' },
    ]);
  });

  it('that is refused afterwards keeps out what has not come', async () => {
    const donation = await done(declare(service, aGift(depot)));
    await done(
      donationStep(service, donation.donationId, 'inspection', {
        ...acceptAll(donation),
        actFirst: true,
        reason: '急',
      }),
    );
    const refusal = { decision: 'refuse', note: '来源不明' };
    expect((await donationStep(service, donation.donationId, 'decision', refusal, SECOND_MANAGER)).body).toMatchObject({
      state: 'refused',
    });
    expect((await receiveGift(service, donation)).body).toMatchObject({
      code: 'SUPPLIES_DONATION_TRANSITION_FORBIDDEN',
    });
  });
});
