import type { TestAnswer, TestCaller, TestService } from '@ledger/testing';
import type {
  BreakKitsResponse,
  BuildKitsResponse,
  CompletenessResponse,
  KitLotResponse,
} from '../../src/kits/dto/kit.dto';
import {
  AUDITOR,
  KEEPER,
  NEXT_YEAR,
  STOCK_MANAGER,
  aDepot,
  aLot,
  ledgerCounts,
  type Problem,
  type TestDepot,
} from './world';

export const CITY: TestCaller = { ...STOCK_MANAGER, regionCode: '1409' };
export const KIT = 'KIT-001';
export const TORCH = 'KIT-002';
export const FOOD = 'KIT-003';
export const RADIO = 'KIT-004';
export const BAG = 'KIT-005';
const RECIPE = [
  { itemCode: TORCH, quantityPerKit: 1, required: true },
  { itemCode: FOOD, quantityPerKit: 3, required: true },
  { itemCode: RADIO, quantityPerKit: 1, required: false },
];

type Answer<Body> = Promise<TestAnswer<Body & Problem>>;

/** A keeper who builds kits and takes them apart, and a city stock manager who says what they are made of. */
export class KitBench {
  private constructor(private readonly service: TestService) {}

  /** With a kit of a torch, three boxes of food and, on request, a radio. */
  static async open(service: TestService): Promise<KitBench> {
    await service.database.query(
      `INSERT INTO items (code, name_zh, name_en, category, unit, perishable, recoverable, shelf_life_basis,
                          rotation_rule, hazard_class, weight_grams, volume_cubic_centimetres, size_basis, plan_reference)
       SELECT code, '物资', 'goods', 'living_relief', '个', false, false, 'none', 'FIFO', '', 1, 1, 'estimate', ''
       FROM unnest($1::text[]) AS code`,
      [[KIT, TORCH, FOOD, RADIO, BAG]],
    );
    const bench = new KitBench(service);
    await bench.setRecipe(KIT, RECIPE, 0);
    return bench;
  }

  setRecipe(
    kit: string,
    components: unknown[],
    followsRevision: number,
    more: Record<string, unknown> = {},
  ): Answer<{ revision: number; validFrom: string }> {
    const body = { components, followsRevision, source: '县应急包清单', ...more };
    return this.service.request('POST', `/api/v1/supplies/kits/${kit}/recipes`, { as: CITY, body });
  }

  build(
    depot: TestDepot,
    kits: number,
    more: Record<string, unknown> = {},
    as: TestCaller = KEEPER,
  ): Answer<BuildKitsResponse> {
    const body = { depotId: depot.id, kits, ...more };
    return this.service.request('POST', `/api/v1/supplies/kits/${KIT}/build`, { as, body });
  }

  take(
    depot: TestDepot,
    lotId: string,
    kits: number,
    from: 'available' | 'quarantine' = 'available',
    as: TestCaller = KEEPER,
  ): Answer<BreakKitsResponse> {
    const body = { depotId: depot.id, lotId, kits, from, reason: '拆解使用' };
    return this.service.request('POST', `/api/v1/supplies/kits/${KIT}/break`, { as, body });
  }

  async kitLot(lotId: string): Promise<KitLotResponse> {
    return (await this.service.request<KitLotResponse>('GET', `/api/v1/supplies/kit-lots/${lotId}`, { as: AUDITOR }))
      .body;
  }

  complete(depot: TestDepot, query = ''): Answer<CompletenessResponse> {
    const path = `/api/v1/supplies/kits/${KIT}/completeness?depotId=${depot.id}${query}`;
    return this.service.request('GET', path, { as: STOCK_MANAGER });
  }

  /** What a depot holds free of an item, lot by lot. */
  async freeOf(depot: TestDepot, itemCode: string): Promise<Record<string, number>> {
    const rows = await this.service.database.query<{ lot_id: string; quantity: string }>(
      `SELECT lot_id, quantity_base AS quantity FROM balances
       WHERE account = $1 AND item_code = $2 AND quantity_base > 0`,
      [`depot:${depot.id}:available`, itemCode],
    );
    return Object.fromEntries(rows.map((row) => [row.lot_id, Number(row.quantity)]));
  }

  /** A depot with parts for twenty kits. */
  async aStore(parts: { readonly torches?: number; readonly food?: number } = {}) {
    const depot = await aDepot(this.service);
    const torch = await aLot(this.service, depot, { itemCode: TORCH, quantityBase: parts.torches ?? 20 });
    const food = { itemCode: FOOD, quantityBase: parts.food ?? 60, expiryDate: NEXT_YEAR };
    return { depot, torch, food: await aLot(this.service, depot, food) };
  }

  /** What was written about kits, for requests that must leave no trace. */
  async traces(): Promise<unknown> {
    const tables = ['kit_recipes', 'kit_components', 'kit_lots', 'kit_lot_components', 'kit_breaks'];
    const counts = tables.map((table) => `(SELECT count(*) FROM ${table}) AS ${table}`);
    const [row] = await this.service.database.query(`SELECT ${counts.join(', ')}`);
    return { ...row, ...(await ledgerCounts(this.service)) };
  }
}
