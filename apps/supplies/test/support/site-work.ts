import type { TestCaller, TestService } from '@ledger/testing';
import {
  APPROVER,
  KEEPER,
  RICE,
  STOCK_MANAGER,
  aDepot,
  aLot,
  type Journey,
  type Problem,
  type TestDepot,
} from './world';

/** A depot with 100 tents and 100 bags of rice that keep. */
export async function aStockedDepot(service: TestService): Promise<TestDepot> {
  const depot = await aDepot(service);
  await aLot(service, depot);
  await aLot(service, depot, { itemCode: RICE, expiryDate: '2099-01-01' });
  return depot;
}

/** The events of a journey's allocation among all that were published. */
export const ofAllocation = <Data extends { allocationId: string | null }>(all: Data[], { order }: Journey): Data[] =>
  all.filter(({ allocationId }) => allocationId === order.allocationId);

type Answer = { movementId: string | null; lines: unknown[] } & Problem;

const post = (service: TestService, path: string, as: TestCaller, body: unknown) =>
  service.request<Answer>('POST', `/api/v1/supplies/${path}`, { as, body });

/** Hands pieces out to three people each. */
export const handOut = (service: TestService, { order }: Journey, quantityBase: number, as = KEEPER) =>
  post(service, `sites/${order.site.siteId}/hand-outs`, as, {
    allocationId: order.allocationId,
    lines: [{ lineId: order.lines[0].lineId, quantityBase }],
    peopleReached: quantityBase * 3,
  });

interface InspectedCounts {
  readonly usable?: number;
  readonly damaged?: number;
  readonly lost?: number;
}

const inspected = (depot: TestDepot, { order }: Journey, counts: InspectedCounts) => ({
  depotId: depot.id,
  lines: [
    {
      lineId: order.lines[0].lineId,
      usableBase: counts.usable ?? 0,
      damagedBase: counts.damaged ?? 0,
      lostBase: counts.lost ?? 0,
    },
  ],
});

/** Brings goods from the site to a depot, which inspects them. */
export const giveBack = (service: TestService, depot: TestDepot, journey: Journey, counts: InspectedCounts) =>
  post(service, `sites/${journey.order.site.siteId}/returns`, KEEPER, {
    ...inspected(depot, journey, counts),
    allocationId: journey.order.allocationId,
  });

/** Takes the load of a shipment that turned back into a depot. */
export const takeBack = (service: TestService, depot: TestDepot, journey: Journey, counts: InspectedCounts) =>
  post(service, `shipments/${journey.order.shipmentId}/take-back`, KEEPER, inspected(depot, journey, counts));

export const settle = (service: TestService, { order }: Journey, foundBase: number, lostBase: number) =>
  post(service, `shipments/${order.shipmentId}/differences`, STOCK_MANAGER, {
    lines: [{ lineId: order.lines[0].lineId, foundBase, lostBase }],
    note: 'asked the driver',
  });

/** Lets a lot that may not be issued leave with one shipment. */
export const override = (service: TestService, { order }: Journey, lotId: string, as: TestCaller = APPROVER) =>
  post(service, `issue-orders/${order.shipmentId}/overrides`, as, {
    lotId,
    useOrder: 'UO-7',
    reason: 'nothing else is left',
  });

export const reverse = (service: TestService, movementId: string | null, as: TestCaller = STOCK_MANAGER) =>
  post(service, `movements/${movementId}/reversal`, as, { reason: 'typed wrongly' });
