import type { TestService } from '@ledger/testing';
import { brokenInvariants } from './support/invariants';
import { TransferWork } from './support/transfer-work';
import { SECOND_MANAGER, postTo } from './support/warehouse-work';
import {
  APPROVER,
  KEEPER,
  STOCK_MANAGER,
  aDepot,
  aLot,
  balanceOf,
  ledgerCounts,
  startSupplies,
  stockOf,
  type TestDepot,
} from './support/world';

let service: TestService;
let county: TestDepot;
let township: TestDepot;
let work: TransferWork;
let lotId: string;
let transferId: string;

beforeAll(async () => {
  service = await startSupplies();
});
afterAll(() => service.stop());
beforeEach(async () => {
  county = await aDepot(service);
  township = await aDepot(service, { regionCode: '140930101' });
  work = new TransferWork(service, county, township);
  lotId = await aLot(service, county, { quantityBase: 50 });
  transferId = await work.sent(40);
  await work.receive(transferId, lotId, { received: 20, short: 20 });
});
afterEach(async () => {
  expect(await brokenInvariants(service.database)).toEqual([]);
});

describe('what a transfer left on the road', () => {
  it('is found at either end or lost, and the transfer closes with the last piece', async () => {
    const first = await work.settle(transferId, lotId, { atReceiver: 5, atSender: 6 });
    expect(first.body).toMatchObject({ state: 'booked', transferState: 'dispatched' });
    const lost = await balanceOf(service, 'lost');
    const last = await work.settle(transferId, lotId, { lost: 9 });
    expect(last.body).toMatchObject({ state: 'booked', transferState: 'closed' });
    expect((await balanceOf(service, 'lost')) - lost).toBe(9);
    expect(await stockOf(service, county.id)).toMatchObject({ available: 16 });
    expect(await stockOf(service, township.id)).toMatchObject({ available: 25 });
    expect(await work.read(transferId)).toMatchObject({
      lots: [{ sentBase: 40, receivedBase: 20, settledBase: 20, inTransitBase: 0 }],
      settlements: [
        { state: 'booked', proposedBy: 'Manager', lines: [{ foundAtReceiverBase: 5, foundAtSenderBase: 6 }] },
        { lines: [{ lostBase: 9 }] },
      ],
    });
  });

  it('waits for a second person when the loss is large', async () => {
    const proposed = await work.settle(transferId, lotId, { lost: 11 });
    expect(proposed.body).toMatchObject({ state: 'proposed', movementId: null });
    expect(await balanceOf(service, `transit:${transferId}`)).toBe(20);
    const { settlementId } = proposed.body;
    expect((await work.settle(transferId, lotId, { lost: 1 })).body.code).toBe('SUPPLIES_SETTLEMENT_OPEN');
    expect((await work.decide(transferId, settlementId, 'approve', STOCK_MANAGER)).body).toMatchObject({
      code: 'SUPPLIES_SETTLEMENT_BY_PROPOSER',
      status: 403,
    });
    expect((await work.decide(transferId, settlementId, 'approve', KEEPER)).body.code).toBe('AUTH_ROLE_MISSING');
    expect((await work.decide(transferId, settlementId, 'approve', APPROVER)).body).toMatchObject({ state: 'booked' });
    expect(await balanceOf(service, `transit:${transferId}`)).toBe(9);
    expect((await work.decide(transferId, settlementId, 'reject', SECOND_MANAGER)).body.code).toBe(
      'SUPPLIES_SETTLEMENT_DECIDED',
    );
  });

  it('stays on the road when the second person says no, and may be settled anew', async () => {
    const { settlementId } = (await work.settle(transferId, lotId, { lost: 20 })).body;
    expect((await work.decide(transferId, settlementId, 'reject', SECOND_MANAGER)).body).toMatchObject({
      state: 'rejected',
      movementId: null,
    });
    expect(await balanceOf(service, `transit:${transferId}`)).toBe(20);
    expect((await work.settle(transferId, lotId, { atSender: 20 })).body).toMatchObject({ transferState: 'closed' });
  });

  it('may still arrive before the decision, which then finds nothing to write off', async () => {
    const { settlementId } = (await work.settle(transferId, lotId, { lost: 20 })).body;
    await work.receive(transferId, lotId, { received: 15 });
    expect((await work.decide(transferId, settlementId, 'approve', APPROVER)).body.code).toBe(
      'SUPPLIES_QUANTITY_EXCEEDS_BALANCE',
    );
    await work.receive(transferId, lotId, { received: 5 });
    expect((await work.decide(transferId, settlementId, 'approve', APPROVER)).body.code).toBe(
      'SUPPLIES_TRANSFER_TRANSITION_FORBIDDEN',
    );
    expect((await work.decide(transferId, settlementId, 'reject', APPROVER)).status).toBe(201);
  });

  it('has a threshold that a region can set', async () => {
    const rule = { regionCode: '140930', kind: 'transfer-loss-alone-base', value: 3, basis: 'office rule 7' };
    expect((await postTo(service, 'warehouse-thresholds', rule, STOCK_MANAGER)).body.code).toBe('AUTH_ROLE_MISSING');
    const outside = { ...rule, regionCode: '1409' };
    expect((await postTo(service, 'warehouse-thresholds', outside, APPROVER)).body.code).toBe(
      'AUTH_REGION_OUT_OF_SCOPE',
    );
    expect((await postTo(service, 'warehouse-thresholds', rule, APPROVER)).status).toBe(201);
    expect((await work.settle(transferId, lotId, { lost: 3 })).body).toMatchObject({ state: 'booked' });
    expect((await work.settle(transferId, lotId, { lost: 4 })).body).toMatchObject({ state: 'proposed' });
    const back = { ...rule, value: 10, basis: 'as before' };
    expect((await postTo(service, 'warehouse-thresholds', back, APPROVER)).status).toBe(201);
  });

  it('is found only by those who act where it was found', async () => {
    const below = { ...STOCK_MANAGER, regionCode: '140930101' };
    expect((await work.settle(transferId, lotId, { atSender: 1 }, below)).body.code).toBe('SUPPLIES_DEPOT_NOT_FOUND');
    expect((await work.settle(transferId, lotId, { atReceiver: 1 }, below)).status).toBe(201);
    const stranger = { ...STOCK_MANAGER, regionCode: '140931' };
    expect((await work.settle(transferId, lotId, { lost: 1 }, stranger)).body.code).toBe('SUPPLIES_TRANSFER_NOT_FOUND');
    expect((await work.settle(transferId, lotId, { lost: 1 }, KEEPER)).body.code).toBe('AUTH_ROLE_MISSING');
  });

  it.each([
    ['more than is missing', { lost: 21 }, 'SUPPLIES_QUANTITY_EXCEEDS_BALANCE'],
    ['nothing', {}, 'REQUEST_INVALID'],
    ['a negative count', { lost: -1 }, 'REQUEST_INVALID'],
  ])('is not settled for %s, and that leaves no trace', async (_what, counts, code) => {
    const before = await ledgerCounts(service);
    expect((await work.settle(transferId, lotId, counts)).body.code).toBe(code);
    expect(await ledgerCounts(service)).toEqual(before);
  });

  it('is settled once, however many settle and receive at the same time', async () => {
    const answers = await Promise.all(
      Array.from({ length: 9 }, (_, index) =>
        index % 3 === 0
          ? work.receive(transferId, lotId, { received: 8 })
          : work.settle(transferId, lotId, index % 3 === 1 ? { lost: 8 } : { atSender: 8 }),
      ),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(2);
    expect(await balanceOf(service, `transit:${transferId}`)).toBe(4);
  });
});
