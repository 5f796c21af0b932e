import { randomUUID } from 'node:crypto';
import { depotAccount, transitAccount } from '@ledger/contracts';
import { aCause, type TestCaller, type TestService } from '@ledger/testing';
import type { RotationAlertsResponse } from '../../src/rotation/dto/alert.dto';
import type { OrderDetailResponse, OrdersResponse } from '../../src/rotation/dto/order.dto';
import { SweepRotationUseCase, type SweepPosition } from '../../src/rotation/sweep-rotation';
import type { MovementKind } from '../../src/stock/domain/movement-kinds';
import type { Posting } from '../../src/stock/domain/posting';
import { DISPATCH } from '../../src/stock/domain/recorder';
import { StockRepository } from '../../src/stock/stock.repository';
import { STOCK_MANAGER, aLot, type Problem, type TestDepot } from './world';

/** A second pair of eyes. */
export const OTHER_MANAGER: TestCaller = { roles: ['stock-manager'], userId: randomUUID(), displayName: 'Other' };

/** Goods that are good in every test: no appraisal, no printed date. */
export const QUILT = 'LRS-005';

export const post = <Body = Record<string, unknown>>(
  service: TestService,
  path: string,
  body: unknown,
  as: TestCaller = STOCK_MANAGER,
) => service.request<Body & Problem>('POST', `/api/v1/supplies/${path}`, { as, body });

export const get = async <Body>(service: TestService, path: string, as: TestCaller = STOCK_MANAGER) =>
  (await service.request<Body & Problem>('GET', `/api/v1/supplies/${path}`, { as })).body;

/** Quilts: used up, kept for six years from production, and nothing printed on them. */
export async function aQuiltInTheCatalogue(service: TestService): Promise<void> {
  await service.database.query(
    `INSERT INTO items (code, name_zh, name_en, category, unit, perishable, recoverable, shelf_life_months,
                        shelf_life_basis, rotation_rule, hazard_class, weight_grams, volume_cubic_centimetres, size_basis,
                        plan_reference)
     VALUES ($1, '棉被', 'cotton quilt', 'living_relief', '床', false, false, 72, 'estimate', 'FIFO-APPRAISE', '', 3000,
             25000, 'estimate', '')`,
    [QUILT],
  );
}

/** A day in Shanghai so many days from today, by the clock of the database. */
export async function dayIn(service: TestService, days: number): Promise<string> {
  const [row] = await service.database.query<{ day: string }>(
    `SELECT ((now() AT TIME ZONE 'Asia/Shanghai')::date + $1::integer)::text AS day`,
    [days],
  );
  return row.day;
}

/** Windows of 90, 60 and 10 days before the end of life, for all goods of a rule. */
export async function aThreshold(
  service: TestService,
  classValue: string,
  overrides: Record<string, unknown> = {},
): Promise<string> {
  const windows = { measure: 'days', noticeBefore: 90, actBefore: 60, lateBefore: 10, basis: 'estimate' };
  const place = { itemClass: 'rule', classValue, regionCode: '14', validFrom: await dayIn(service, 0) };
  const answer = await post<{ id: string }>(
    service,
    'rotation/thresholds',
    { ...place, ...windows, ...overrides },
    { ...STOCK_MANAGER, regionCode: '14' },
  );
  if (answer.status !== 201) throw new Error(JSON.stringify(answer.body));
  return answer.body.id;
}

/** A lot whose last day lies so many days from now: its date is moved, as time would. */
export async function aLotEndingIn(
  service: TestService,
  depot: TestDepot,
  days: number,
  goods: { readonly itemCode?: string; readonly quantityBase?: number } = {},
): Promise<string> {
  const lot = await aLot(service, depot, { ...goods, expiryDate: '2099-01-01' });
  await endIn(service, lot, days);
  return lot;
}

export async function endIn(service: TestService, lotId: string, days: number): Promise<void> {
  await service.database.query(
    `UPDATE lots SET expiry_date = (now() AT TIME ZONE 'Asia/Shanghai')::date + $2::integer WHERE id = $1`,
    [lotId, days],
  );
}

/** What the service does every few minutes, and after a restart: it looks through all depots. */
export async function sweep(service: TestService): Promise<void> {
  const sweeping = service.running.app.get(SweepRotationUseCase);
  let from: SweepPosition | undefined = { afterDepotId: null };
  do {
    const position: SweepPosition = from;
    from = await service.database.transaction((tx) => sweeping.step(tx, position));
  } while (from);
}

export const alertsOf = async (service: TestService, depot: TestDepot, query = ''): Promise<RotationAlertsResponse> =>
  get<RotationAlertsResponse>(service, `rotation/alerts?depotId=${depot.id}${query}`, {
    ...STOCK_MANAGER,
    regionCode: depot.regionCode,
  });

/** Where the lots of a depot stand, the most urgent first. */
export const standingsOf = async (service: TestService, depot: TestDepot, query = ''): Promise<string[]> =>
  (await alertsOf(service, depot, query)).items.map(({ standing }) => standing);

export const ordersOf = async (service: TestService, depot: TestDepot): Promise<OrdersResponse['items']> =>
  (
    await get<OrdersResponse>(service, `rotation/orders?depotId=${depot.id}`, {
      ...STOCK_MANAGER,
      regionCode: depot.regionCode,
    })
  ).items;

export const orderOf = (service: TestService, id: string) => get<OrderDetailResponse>(service, `rotation/orders/${id}`);

/** A lot at due with the order that the sweep opened for it. */
export async function anOrder(
  service: TestService,
  depot: TestDepot,
  goods: { readonly itemCode?: string; readonly quantityBase?: number } = {},
): Promise<{ orderId: string; lotId: string }> {
  const lotId = await aLotEndingIn(service, depot, 30, goods);
  await sweep(service);
  const order = (await ordersOf(service, depot)).find((row) => row.lotId === lotId);
  if (!order) throw new Error('the sweep opened no order');
  return { orderId: order.id, lotId };
}

/** Moves pieces of a lot to another depot: they leave, are on the road, and arrive. */
export async function moveLot(
  service: TestService,
  { from, to, lotId, quantityBase }: { from: TestDepot; to: TestDepot; lotId: string; quantityBase: number },
): Promise<void> {
  const road = transitAccount(randomUUID());
  await postDirectly(service, 'transfer-out', {
    lotId,
    from: depotAccount(from.id, 'available'),
    to: road,
    quantityBase,
  });
  await postDirectly(service, 'transfer-in', { lotId, from: road, to: depotAccount(to.id, 'available'), quantityBase });
}

/** A movement that some other feature would write. */
export async function postDirectly(
  service: TestService,
  kind: MovementKind,
  posting: Pick<Posting, 'lotId' | 'from' | 'to' | 'quantityBase'>,
): Promise<void> {
  const [lot] = await service.database.query<{ itemCode: string }>(
    'SELECT item_code AS "itemCode" FROM lots WHERE id = $1',
    [posting.lotId],
  );
  const movement = { businessKey: randomUUID(), kind, recordedBy: DISPATCH } as const;
  const whole = { ...posting, ...lot, expiryDate: null, lineId: null };
  await service.database.transaction((tx) =>
    service.running.app.get(StockRepository).post(tx, movement, [whole], aCause()),
  );
}
