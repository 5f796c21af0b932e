import { MovementPosted, StockIssued } from '@ledger/contracts';
import type { TestService } from '@ledger/testing';
import type { SiteResponse } from '../src/sites/dto/site.dto';
import { brokenInvariants } from './support/invariants';
import { aStockedDepot, giveBack, handOut, ofAllocation, reverse } from './support/site-work';
import {
  AUDITOR,
  RICE,
  STOCK_MANAGER,
  aDepot,
  aLot,
  balanceOf,
  delivered,
  ordered,
  startSupplies,
  type TestDepot,
} from './support/world';

let service: TestService;
let depot: TestDepot;

beforeAll(async () => {
  service = await startSupplies();
});
afterAll(() => service.stop());
beforeEach(async () => {
  depot = await aStockedDepot(service);
});
afterEach(async () => {
  expect(await brokenInvariants(service.database)).toEqual([]);
});

describe('a reversal', () => {
  it('undoes a hand-out and names it', async () => {
    const journey = await delivered(service, depot, { itemCode: RICE, quantityBase: 20 });
    const { movementId } = (await handOut(service, journey, 15)).body;
    const answer = await reverse(service, movementId);
    expect(answer.status).toBe(201);
    expect(await balanceOf(service, `site:${journey.order.site.siteId}`)).toBe(20);
    const [event] = (await service.published(MovementPosted)).filter(
      ({ reversesMovementId }) => reversesMovementId === movementId,
    );
    expect(event).toMatchObject({ kind: 'reversal', allocationId: journey.order.allocationId });
    const site = await service.request<SiteResponse>('GET', `/api/v1/supplies/sites/${journey.order.site.siteId}`, {
      as: AUDITOR,
    });
    expect(site.body).toMatchObject({ peopleReached: 0, lines: [{ usableBase: 20, handedOutBase: 0 }] });
  });

  it('undoes a return', async () => {
    const journey = await delivered(service, depot, { quantityBase: 20 });
    const { movementId } = (await giveBack(service, depot, journey, { usable: 18, lost: 2 })).body;
    expect((await reverse(service, movementId)).status).toBe(201);
    expect(await balanceOf(service, `site:${journey.order.site.siteId}`)).toBe(20);
    expect((await giveBack(service, depot, journey, { usable: 20 })).status).toBe(201);
  });

  it('does not undo what was reversed, a reversal, or a step of an allocation', async () => {
    const journey = await delivered(service, depot, { itemCode: RICE, quantityBase: 20 });
    const { movementId } = (await handOut(service, journey, 15)).body;
    const undone = await reverse(service, movementId);
    expect((await reverse(service, movementId)).body).toMatchObject({ code: 'SUPPLIES_MOVEMENT_ALREADY_REVERSED' });
    const [issue] = ofAllocation(await service.published(StockIssued), journey);
    for (const kind of [undone.body.movementId, issue.movementId]) {
      expect((await reverse(service, kind)).body).toMatchObject({
        code: 'SUPPLIES_MOVEMENT_NOT_REVERSIBLE',
        status: 409,
      });
    }
  });

  it('does not take goods that have moved on', async () => {
    const place = await aDepot(service);
    await aLot(service, place, { quantityBase: 10 });
    const [receipt] = await service.database.query<{ id: string }>('SELECT id FROM movements WHERE depot_id = $1', [
      place.id,
    ]);
    await ordered(service, place, { quantityBase: 1 });
    expect((await reverse(service, receipt.id)).body).toMatchObject({ code: 'SUPPLIES_QUANTITY_EXCEEDS_BALANCE' });
  });

  it('is refused to people of another region, as if there were no such movement', async () => {
    const [receipt] = await service.database.query<{ id: string }>('SELECT id FROM movements WHERE depot_id = $1', [
      depot.id,
    ]);
    expect((await reverse(service, receipt.id, { ...STOCK_MANAGER, regionCode: '140931' })).body).toMatchObject({
      code: 'SUPPLIES_MOVEMENT_NOT_FOUND',
      status: 404,
    });
  });
});
