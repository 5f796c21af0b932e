import { randomUUID } from 'node:crypto';
import type { TestAnswer, TestCaller, TestService } from '@ledger/testing';
import { checkDigit } from '../../src/purchasing/domain/credit-code';
import type { OrderReceiptLine, ReceiveOrderResponse } from '../../src/purchasing/dto/order-receipt.dto';
import type { OrderStepResponse } from '../../src/purchasing/dto/order.dto';
import type { OrderDetailResponse } from '../../src/purchasing/dto/orders.dto';
import { APPROVER, KEEPER, STOCK_MANAGER, TENT, type Problem, type TestDepot } from './world';

/** A second stock manager of the county: whoever asked does not sign. */
export const SECOND_MANAGER: TestCaller = { ...STOCK_MANAGER, userId: randomUUID(), displayName: 'Second manager' };
export const CITY_APPROVER: TestCaller = { ...APPROVER, userId: randomUUID(), regionCode: '1409' };

let codes = 0;
/** A made-up credit code with the right check digit. */
export function aCreditCode(): string {
  const body = `91140930MA${String(++codes).padStart(7, '0')}`;
  return body + checkDigit(body);
}

export const post = <Body = Record<string, unknown>>(
  service: TestService,
  path: string,
  body: unknown,
  as: TestCaller = STOCK_MANAGER,
  key?: string,
): Promise<TestAnswer<Body & Problem>> =>
  service.request<Body & Problem>('POST', `/api/v1/supplies/${path}`, { as, body, key });

export const get = <Body>(service: TestService, path: string, as: TestCaller = STOCK_MANAGER) =>
  service.request<Body & Problem>('GET', `/api/v1/supplies/${path}`, { as });

/** What has to succeed for the rest of a test to mean anything. */
export async function done<Body>(answer: Promise<TestAnswer<Body>>): Promise<Body> {
  const { status, body } = await answer;
  if (status >= 300) throw new Error(`answered ${status}: ${JSON.stringify(body)}`);
  return body;
}

export async function aSupplier(service: TestService, overrides: Record<string, unknown> = {}): Promise<string> {
  const request = {
    ...{
      name: '河曲县某供应商（演示）',
      creditCode: aCreditCode(),
      contactName: '王小明',
      contactPhone: '13903500000',
    },
    ...overrides,
  };
  return (await done(post<{ supplierId: string }>(service, 'purchasing/suppliers', request))).supplierId;
}

export const terms = (
  supplierId: string,
  overrides: Record<string, unknown> = {},
  item: Record<string, unknown> = {},
) => ({
  ...{ documentNumber: `HQ-${randomUUID()}`, supplierId, validFrom: '2026-01-01', validUntil: '2099-12-31' },
  ...{ regionCodes: ['140930'], tolerancePermille: 0 },
  items: [{ itemCode: TENT, packBase: 1, unitPriceFen: 10_000, minimumBase: 0, leadTimeDays: 5, ...item }],
  ...overrides,
});

/** A supplier and an agreement that sells tents. */
export async function aFramework(
  service: TestService,
  overrides: Record<string, unknown> = {},
  item: Record<string, unknown> = {},
): Promise<{ supplierId: string; frameworkId: string }> {
  const supplierId = await aSupplier(service);
  const request = terms(supplierId, overrides, item);
  const { frameworkId } = await done(post<{ frameworkId: string }>(service, 'purchasing/frameworks', request));
  return { supplierId, frameworkId };
}

type Step = OrderStepResponse;

/** A draft of 100 tents, ordinary unless said otherwise. */
export async function aDraft(
  service: TestService,
  depot: TestDepot,
  request: Record<string, unknown> = {},
  quantityBase = 100,
): Promise<string> {
  const order = { kind: 'ordinary', depotId: depot.id, lines: [{ itemCode: TENT, quantityBase }], ...request };
  return (await done(post<Step>(service, 'purchasing/orders', order))).orderId;
}

export const step = (service: TestService, orderId: string, name: string, body: unknown = {}, as?: TestCaller) =>
  post<Step>(service, `purchasing/orders/${orderId}/${name}`, body, as);

export const decide = (
  service: TestService,
  orderId: string,
  decision: 'approve' | 'refuse',
  as: TestCaller = SECOND_MANAGER,
) => step(service, orderId, 'decision', { decision, paperNumber: 'P-1', note: 'a word' }, as);

/** An order that went its whole way to the supplier. */
export async function aSentOrder(
  service: TestService,
  depot: TestDepot,
  frameworkId: string,
  quantityBase = 100,
): Promise<{ orderId: string; lineId: string }> {
  const orderId = await aDraft(service, depot, { frameworkId }, quantityBase);
  await done(step(service, orderId, 'submission'));
  await done(decide(service, orderId, 'approve', CITY_APPROVER));
  await done(step(service, orderId, 'sending'));
  return { orderId, lineId: (await anOrder(service, orderId)).lines[0].lineId };
}

export const anOrder = async (service: TestService, orderId: string): Promise<OrderDetailResponse> =>
  done(get<OrderDetailResponse>(service, `purchasing/orders/${orderId}`));

export const receive = (
  service: TestService,
  { orderId, lineId }: { readonly orderId: string; readonly lineId: string },
  quantityBase: number,
  overrides: Partial<OrderReceiptLine> = {},
) =>
  post<ReceiveOrderResponse>(
    service,
    `purchasing/orders/${orderId}/receipts`,
    { lines: [{ lineId, batchNumber: `B-${randomUUID()}`, quantityBase, ...overrides }] },
    KEEPER,
  );

/** Every kind of row that a purchase leaves: an agreement with a maximum, goods received, and papers that are owed. */
export async function aPurchase(service: TestService, depot: TestDepot): Promise<void> {
  const { supplierId, frameworkId } = await aFramework(service, {}, { maximumBase: 500 });
  await done(receive(service, await aSentOrder(service, depot, frameworkId), 100));
  const lines = [{ itemCode: TENT, quantityBase: 1, unitPriceFen: 20_000 }];
  const orderId = await aDraft(service, depot, { kind: 'emergency', supplierId, reason: '急', lines });
  await done(step(service, orderId, 'submission', { actFirst: true }));
}
