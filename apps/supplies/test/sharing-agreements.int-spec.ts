import type { TestService } from '@ledger/testing';
import type { CallableResponse } from '../src/reserves/dto/callable.dto';
import type { AgreementDetailResponse, AgreementsResponse } from '../src/sharing/dto/agreement.dto';
import { brokenInvariants } from './support/invariants';
import { done, get } from './support/purchases';
import {
  BORROWER,
  LENDER,
  CITY_COMMANDER,
  LENDER_APPROVER,
  LENDER_KEEPER,
  LENDER_MANAGER,
  THIRD_MANAGER,
  inNewCounties,
  NEIGHBOUR_APPROVER,
  NEIGHBOUR_MANAGER,
  agreementStep,
  anAgreement,
  draft,
  endAgreements,
  shareable,
  terms,
} from './support/sharing-work';
import {
  RICE,
  TENT,
  aDepot,
  aLot,
  aStandard,
  expire,
  ledgerCounts,
  startSupplies,
  type TestDepot,
} from './support/world';

let service: TestService;
let depot: TestDepot;

beforeAll(async () => {
  service = await startSupplies();
  inNewCounties();
  depot = await aDepot(service, { regionCode: LENDER });
  await aDepot(service, { regionCode: BORROWER });
  await aStandard(service, depot.id, TENT, 40);
  await aLot(service, depot, { quantityBase: 100 });
});
afterAll(() => service.stop());
afterEach(async () => {
  await endAgreements(service);
  expect(await brokenInvariants(service.database)).toEqual([]);
});

describe('an agreement that is written down', () => {
  it.each([
    [
      'between a region and itself',
      () => ({ answeringRegionCode: `${LENDER}101` }),
      'REQUEST_INVALID',
      '/answeringRegionCode',
    ],
    ['that ends before it starts', () => ({ validTo: '2025-12-31' }), 'REQUEST_INVALID', '/validTo'],
    [
      'in which a third gives',
      () => ({ lines: [{ ...terms().lines[0], giverRegionCode: '14' }] }),
      'REQUEST_INVALID',
      '/lines/0/giverRegionCode',
    ],
    ['about nothing', () => ({ lines: [{ ...terms().lines[0], itemCode: undefined }] }), 'REQUEST_INVALID', '/lines/0'],
    [
      'about an unknown item',
      () => ({ lines: [{ ...terms().lines[0], itemCode: 'XXX-999' }] }),
      'SUPPLIES_ITEM_UNKNOWN',
      '/lines/0/itemCode',
    ],
  ])('%s is refused', async (_what, overrides, code, pointer) => {
    const before = await ledgerCounts(service);
    const answer = await draft(service, terms({}, overrides()));
    expect(answer.body).toMatchObject({ code, errors: [expect.objectContaining({ pointer })] });
    expect(await ledgerCounts(service)).toEqual(before);
  });

  it('is written by people of the offering side, who command all depots of their region', async () => {
    const others = [NEIGHBOUR_MANAGER, { ...LENDER_MANAGER, organisationKind: 'water' as const }];
    for (const as of others) {
      expect((await draft(service, terms(), as)).body).toMatchObject({ code: 'AUTH_REGION_OUT_OF_SCOPE' });
    }
    expect((await draft(service, terms(), LENDER_KEEPER)).body).toMatchObject({ code: 'AUTH_ROLE_MISSING' });
  });

  it('is in force when both sides have signed, and not before', async () => {
    const { agreementId } = await done(draft(service, terms()));
    expect(await shareable(service)).toEqual([]);
    expect((await agreementStep(service, agreementId, 'offer', NEIGHBOUR_MANAGER)).body).toMatchObject({
      code: 'SUPPLIES_SHARING_WRONG_SIDE',
    });
    await done(agreementStep(service, agreementId, 'offer', LENDER_MANAGER));
    expect(await shareable(service)).toEqual([]);
    expect((await agreementStep(service, agreementId, 'accept', LENDER_APPROVER)).body).toMatchObject({
      code: 'SUPPLIES_SHARING_WRONG_SIDE',
    });
    await done(agreementStep(service, agreementId, 'accept', NEIGHBOUR_APPROVER));
    expect(await shareable(service)).toMatchObject([{ agreementId, callableBase: 60 }]);
    const path = `sharing/agreements/${agreementId}`;
    const seen = await done(get<AgreementDetailResponse>(service, path, NEIGHBOUR_MANAGER));
    expect(seen).toMatchObject({ state: 'in-force', offeredBy: 'Manager', acceptedBy: 'Approver' });
    expect(seen).toEqual(await done(get<AgreementDetailResponse>(service, path, LENDER_MANAGER)));
    expect(seen.changes.map(({ event, recordedRegionCode }) => [event, recordedRegionCode])).toEqual([
      ['offer', LENDER],
      ['accept', BORROWER],
    ]);
  });

  it('is not signed for both sides by one person, not even of the tier above', async () => {
    const { agreementId } = await done(draft(service, terms(), CITY_COMMANDER));
    await done(agreementStep(service, agreementId, 'offer', CITY_COMMANDER));
    expect((await agreementStep(service, agreementId, 'accept', CITY_COMMANDER)).body).toMatchObject({
      code: 'SUPPLIES_APPROVAL_BY_REQUESTER',
    });
    await done(agreementStep(service, agreementId, 'decline', NEIGHBOUR_MANAGER, '价格'));
    expect((await agreementStep(service, agreementId, 'accept', NEIGHBOUR_MANAGER)).body).toMatchObject({
      code: 'SUPPLIES_SHARING_AGREEMENT_TRANSITION_FORBIDDEN',
    });
  });

  it('is seen by its two sides only', async () => {
    const agreementId = await anAgreement(service);
    expect((await get(service, `sharing/agreements/${agreementId}`, THIRD_MANAGER)).body).toMatchObject({
      code: 'SUPPLIES_SHARING_AGREEMENT_NOT_FOUND',
    });
    expect((await agreementStep(service, agreementId, 'end', THIRD_MANAGER, 'x')).body).toMatchObject({
      code: 'SUPPLIES_SHARING_AGREEMENT_NOT_FOUND',
    });
    expect((await get<AgreementsResponse>(service, 'sharing/agreements', THIRD_MANAGER)).body.items).toEqual([]);
  });
});

describe('a neighbour sees only what may be called', () => {
  it('a quantity above the floor by the share, and no depot, lot or position', async () => {
    const agreementId = await anAgreement(service, { sharePercent: 50 });
    const items = await shareable(service);
    expect(items).toEqual([
      {
        ...{ agreementId, documentNumber: items[0].documentNumber, giverRegionCode: LENDER, takerRegionCode: BORROWER },
        ...{
          callableBase: 30,
          responseHours: 6,
          loanDays: 30,
          feeFen: 5,
          replacement: 'either',
          piecePriceFen: 60_000,
        },
        depots: null,
      },
    ]);
    expect(JSON.stringify(items)).not.toContain(depot.id);
  });

  it('names of depots where the agreement says so', async () => {
    await anAgreement(service, {}, { discloses: 'depots' });
    expect(await shareable(service)).toMatchObject([{ depots: [{ regionCode: LENDER, name: '库' }] }]);
  });

  it('nothing for a third region, for another item, or without an agreement in force', async () => {
    const agreementId = await anAgreement(service);
    expect(await shareable(service, THIRD_MANAGER)).toEqual([]);
    expect(await shareable(service, NEIGHBOUR_MANAGER, RICE)).toEqual([]);
    expect(await shareable(service, LENDER_MANAGER)).toEqual([]);
    await done(agreementStep(service, agreementId, 'suspend', LENDER_MANAGER, '本地汛情'));
    expect(await shareable(service)).toEqual([]);
    await done(agreementStep(service, agreementId, 'resume', LENDER_MANAGER));
    expect(await shareable(service)).toHaveLength(1);
    await service.database.query(
      `UPDATE sharing_agreements SET valid_from = '2020-01-01', valid_to = '2020-12-31' WHERE id = $1`,
      [agreementId],
    );
    expect(await shareable(service)).toEqual([]);
  });

  it('not more than the agreed number, and nothing of another region’s tents for the asking', async () => {
    await anAgreement(service, { maxBase: 25 });
    expect(await shareable(service)).toMatchObject([{ callableBase: 25 }]);
    expect(
      (await get(service, `sharing/callable?item=${TENT}&region=${LENDER}`, NEIGHBOUR_MANAGER)).body,
    ).toMatchObject({
      code: 'AUTH_REGION_OUT_OF_SCOPE',
    });
  });

  it('goods past their date are not counted, and a category stands for its items', async () => {
    const lotId = await aLot(service, depot, { itemCode: RICE, quantityBase: 10, expiryDate: '2099-01-01' });
    await anAgreement(service, { itemCode: undefined, category: 'livelihood' });
    expect(await shareable(service, NEIGHBOUR_MANAGER, RICE)).toMatchObject([{ callableBase: 10 }]);
    await expire(service, lotId);
    expect(await shareable(service, NEIGHBOUR_MANAGER, RICE)).toMatchObject([{ callableBase: 0 }]);
  });
});

it('the callable curve of a place counts neighbours after their response hours', async () => {
  await anAgreement(service);
  const curve = await done(
    get<CallableResponse>(service, `items/${TENT}/callable?quantityBase=50&hours=10`, NEIGHBOUR_MANAGER),
  );
  expect(curve.points.map(({ hours, byKind }) => [hours, byKind.neighbour])).toEqual([
    [0, 0],
    [4, 0],
    [10, 60],
    [24, 60],
    [72, 60],
  ]);
  expect(curve.demand).toMatchObject({ feasible: true, parts: [{ kind: 'neighbour', quantityBase: 50 }] });
  const whole = await done(get<CallableResponse>(service, `items/${TENT}/callable`, CITY_COMMANDER));
  expect(whole.points[4].byKind).toMatchObject({ stock: 60, neighbour: 0 });
});
