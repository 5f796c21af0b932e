import { randomUUID } from 'node:crypto';
import {
  OrderIssue,
  RecordDelivery,
  ReleaseStock,
  RenewReservation,
  ReserveStock,
  tierOf,
  type DepotState,
} from '@ledger/contracts';
import {
  HEQU,
  HEQU_BUREAU,
  startTestService,
  type TestCaller,
  type TestService,
  type TestServiceOptions,
} from '@ledger/testing';
import type { RecordReceiptResponse } from '../../src/stock/dto/receipt.dto';
import { suppliesService } from '../../src/service';

export const TENT = 'LRS-015';
export const RICE = 'LIV-002';

export const KEEPER: TestCaller = { roles: ['keeper'], userId: randomUUID(), displayName: 'Keeper' };
export const STOCK_MANAGER: TestCaller = { roles: ['stock-manager'], userId: randomUUID(), displayName: 'Manager' };
export const DISPATCHER: TestCaller = { roles: ['dispatcher'], userId: randomUUID(), displayName: 'Dispatcher' };
export const APPROVER: TestCaller = { roles: ['approver'], userId: randomUUID(), displayName: 'Approver' };
export const AUDITOR: TestCaller = { roles: ['auditor'], userId: randomUUID(), displayName: 'Auditor' };

export interface TestDepot {
  readonly id: string;
  readonly code: string;
  readonly regionCode: string;
}

export interface Problem {
  readonly code: string;
  readonly status: number;
  readonly errors?: readonly { pointer: string; reason: string }[];
  readonly facts?: Readonly<Record<string, unknown>>;
}

/** A service with two items: tents, which come back, and rice, which is used up and ages. */
export async function startSupplies(options: TestServiceOptions = {}): Promise<TestService> {
  const service = await startTestService(suppliesService, options);
  await service.database.query(
    `INSERT INTO items (code, name_zh, name_en, category, unit, perishable, recoverable, shelf_life_basis,
                        rotation_rule, hazard_class, weight_grams, volume_cubic_centimetres, size_basis, plan_reference)
     VALUES ($1, '帐篷', 'tent', 'living_relief', '顶', false, true, 'none', 'INSPECT-ONLY', '', 45000, 150000,
             'estimate', ''),
            ($2, '大米', 'rice', 'livelihood', '袋', true, false, 'label', 'FEFO', '', 25200, 35000, 'estimate', '')`,
    [TENT, RICE],
  );
  return service;
}

let depots = 0;

export async function aDepot(
  service: TestService,
  overrides: { readonly regionCode?: string; readonly organisationId?: string } = {},
): Promise<TestDepot> {
  const depot = { id: randomUUID(), code: `T${++depots}`, regionCode: HEQU, organisationId: HEQU_BUREAU, ...overrides };
  await service.database.query(
    `INSERT INTO depots (id, code, name_zh, name_en, region_code, tier, kind, organisation_id, latitude, longitude,
                         position_basis, remote, synthetic)
     VALUES ($1, $2, '库', 'depot', $3, $5, 'warehouse', $4, 39.4, 111.1, 'synthetic', false, true)`,
    [depot.id, depot.code, depot.regionCode, depot.organisationId, tierOf(depot.regionCode)],
  );
  return depot;
}

export async function aStandard(service: TestService, depotId: string, itemCode: string, floorBase: number) {
  await service.database.query(
    `INSERT INTO reserve_standards (depot_id, item_code, valid_from, floor_base, basis) VALUES ($1, $2, '2020-01-01', $3, 'test')`,
    [depotId, itemCode, floorBase],
  );
}

/** Receives a new lot over HTTP, as a keeper does; returns its id. */
export async function aLot(
  service: TestService,
  depot: TestDepot,
  goods: { readonly itemCode?: string; readonly quantityBase?: number; readonly expiryDate?: string } = {},
): Promise<string> {
  const { itemCode = TENT, quantityBase = 100, expiryDate } = goods;
  const line = { itemCode, quantityBase, expiryDate, batchNumber: `B-${randomUUID()}` };
  const answer = await service.request<RecordReceiptResponse>('POST', '/api/v1/supplies/receipts', {
    as: { ...KEEPER, regionCode: depot.regionCode },
    body: { depotId: depot.id, origin: 'purchase', lines: [line] },
  });
  if (answer.status !== 201) throw new Error(`receipt answered ${answer.status}: ${JSON.stringify(answer.body)}`);
  return answer.body.lots[0].lotId;
}

/** A lot that could be issued when it came and cannot be now: its date is moved, as time would. */
export async function expire(service: TestService, lotId: string): Promise<void> {
  await service.database.query(
    `UPDATE lots SET expiry_date = (now() AT TIME ZONE 'Asia/Shanghai')::date - 1 WHERE id = $1`,
    [lotId],
  );
}

/**
 * Gives a lot a quality past all rules, with its free pieces where they are: what a recall never leaves behind, so that
 * the second line of defence shows. Whoever checks the rules of the ledger afterwards makes it good again.
 */
export async function setQuality(
  service: TestService,
  lotId: string,
  quality: 'good' | 'held' | 'recalled',
): Promise<void> {
  await service.database.query('UPDATE lots SET quality = $2 WHERE id = $1', [lotId, quality]);
}

export async function stockOf(service: TestService, depotId: string): Promise<Record<DepotState, number>> {
  const stock: Record<DepotState, number> = { available: 0, reserved: 0, quarantine: 0 };
  const rows = await service.database.query<{ state: DepotState; total: string }>(
    `SELECT split_part(account, ':', 3) AS state, sum(quantity_base) AS total FROM balances WHERE depot_id = $1 GROUP BY 1`,
    [depotId],
  );
  for (const { state, total } of rows) stock[state] = Number(total);
  return stock;
}

/** Total of an account over all lots. */
export async function balanceOf(service: TestService, account: string): Promise<number> {
  const [row] = await service.database.query<{ total: string | null }>(
    'SELECT sum(quantity_base) AS total FROM balances WHERE account = $1',
    [account],
  );
  return Number(row.total ?? 0);
}

export const aSite = (overrides: Partial<OrderIssue['site']> = {}): OrderIssue['site'] => ({
  siteId: randomUUID(),
  name: '楼子营村安置点',
  regionCode: '140930101200',
  latitude: 39.42,
  longitude: 111.22,
  ...overrides,
});

const inDays = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
export const NEXT_WEEK = inDays(7);
export const NEXT_YEAR = inDays(365);

export const aReserve = (sources: ReserveStock['sources'], overrides: Partial<ReserveStock> = {}): ReserveStock => ({
  allocationId: randomUUID(),
  lineId: randomUUID(),
  reservationId: randomUUID(),
  itemCode: TENT,
  sources,
  usableUntil: NEXT_WEEK,
  firm: true,
  holdSeconds: 3_600,
  mayBreakFloor: false,
  ...overrides,
});

type Promised = Pick<ReserveStock, 'allocationId' | 'lineId' | 'reservationId'>;

export const aRelease = ({ allocationId, lineId, reservationId }: Promised): ReleaseStock => ({
  allocationId,
  lineId,
  reservationId,
  reason: 'no longer needed',
});

export const aRenewal = (
  { allocationId, lineId, reservationId }: Promised,
  overrides: Partial<RenewReservation> = {},
): RenewReservation => ({ allocationId, lineId, reservationId, firm: true, holdSeconds: 3_600, ...overrides });

/** The issue of everything one source of a reservation gives. */
export const anOrder = (reserve: ReserveStock, overrides: Partial<OrderIssue> = {}): OrderIssue => ({
  allocationId: reserve.allocationId,
  incidentId: randomUUID(),
  shipmentId: randomUUID(),
  depotId: reserve.sources[0].depotId,
  site: aSite(),
  lines: [
    {
      lineId: reserve.lineId,
      reservationId: reserve.reservationId,
      itemCode: reserve.itemCode,
      quantityBase: reserve.sources[0].quantityBase,
    },
  ],
  trips: [{ tripId: randomUUID(), plate: '晋H-演0001', driverName: 'Driver' }],
  useOrder: 'UO-1',
  ...overrides,
});

/** What the trip of an order hands over; missing is what is left. */
export const aDelivery = (
  order: OrderIssue,
  counts: { readonly received: number; readonly damaged?: number; readonly lost?: number; readonly missing?: number },
): RecordDelivery => ({
  allocationId: order.allocationId,
  incidentId: order.incidentId,
  shipmentId: order.shipmentId,
  tripId: order.trips[0].tripId,
  site: order.site,
  lines: [
    {
      lineId: order.lines[0].lineId,
      itemCode: order.lines[0].itemCode,
      receivedBase: counts.received,
      damagedBase: counts.damaged ?? 0,
      lostBase: counts.lost ?? 0,
      missingBase: counts.missing ?? 0,
    },
  ],
  receiverName: 'Receiver',
  deliveredAt: new Date().toISOString(),
});

export interface Journey {
  readonly reserve: ReserveStock;
  readonly order: OrderIssue;
}

/** Promises goods of one depot and lays their issue before the keeper. */
export async function ordered(
  service: TestService,
  depot: TestDepot,
  goods: { readonly itemCode?: string; readonly quantityBase: number },
): Promise<Journey> {
  const { itemCode = TENT, quantityBase } = goods;
  const reserve = aReserve([{ depotId: depot.id, quantityBase }], { itemCode });
  const order = anOrder(reserve);
  await service.publish(ReserveStock, reserve);
  await service.publish(OrderIssue, order);
  await service.settled();
  return { reserve, order };
}

export const confirm = (service: TestService, order: OrderIssue, as: TestCaller = KEEPER, key?: string) =>
  service.request<{ movementId: string; lines: { lotId: string; quantityBase: number }[] } & Problem>(
    'POST',
    `/api/v1/supplies/issue-orders/${order.shipmentId}/confirmation`,
    { as, body: {}, key },
  );

/** … and has the keeper hand them over. */
export async function issued(...journey: Parameters<typeof ordered>): Promise<Journey> {
  const [service] = journey;
  const { reserve, order } = await ordered(...journey);
  const answer = await confirm(service, order);
  if (answer.status !== 200) throw new Error(`confirmation answered ${JSON.stringify(answer.body)}`);
  return { reserve, order };
}

/** … and has them handed over at the site. */
export async function delivered(
  service: TestService,
  depot: TestDepot,
  goods: { readonly itemCode?: string; readonly quantityBase: number },
  counts: Parameters<typeof aDelivery>[1] = { received: goods.quantityBase },
): Promise<Journey> {
  const journey = await issued(service, depot, goods);
  await service.publish(RecordDelivery, aDelivery(journey.order, counts));
  await service.settled();
  return journey;
}

/** Codes of the messages that were parked, in the order in which it happened. */
export async function parkedCodes(service: TestService): Promise<string[]> {
  const rows = await service.database.query<{ code: string }>('SELECT code FROM parked_events ORDER BY position');
  return rows.map(({ code }) => code);
}

/** Every row that a refused request must leave as it was. */
export async function ledgerCounts(service: TestService): Promise<Record<string, string>> {
  const tables = [
    'movements',
    'postings',
    'lots',
    'handouts',
    'returns',
    'issue_overrides',
    'outbox',
    'idempotency_keys',
  ];
  // The ledger is sealed in the background, whatever a request does.
  const counts = tables.map((table) => {
    const counted = table === 'outbox' ? `outbox WHERE type <> 'supplies.ledger-sealed.v1'` : table;
    return `(SELECT count(*) FROM ${counted}) AS ${table}`;
  });
  const [row] = await service.database.query<Record<string, string>>(
    `SELECT ${counts.join(', ')}, (SELECT coalesce(sum(abs(quantity_base)), 0) FROM balances) AS balances`,
  );
  return row;
}
