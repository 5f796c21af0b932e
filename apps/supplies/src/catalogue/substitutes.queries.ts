import { Injectable } from '@nestjs/common';
import { DomainError, type Caller } from '@ledger/contracts';
import { Database, safeInteger } from '@ledger/platform';
import { regionPattern } from '../scope';
import { amountOf, neededBase } from './domain/substitutes';
import type {
  SubstituteResponse,
  SubstitutesByCapabilityResponse,
  SubstitutesQuery,
  SubstitutesResponse,
} from './dto/capability.dto';
import type { CapabilityResponse } from './dto/item.dto';
import { ItemFactsQueries } from './item-facts.queries';

const MAX_SUBSTITUTES = 50;

type CandidateRow = Omit<SubstituteResponse, 'amountPerBase' | 'neededBase' | 'availableBase' | 'covers'> & {
  readonly capabilityCode: string;
  readonly amount: string;
  readonly available: string;
};

/** Free goods of lots that may be used today; what is expired, held or recalled helps nobody. */
const CANDIDATES = `
  SELECT has.capability_code AS "capabilityCode", item.code AS "itemCode", item.name_zh AS "nameZh",
         item.name_en AS "nameEn", item.unit, has.amount_per_base AS amount, has.basis, has.source,
         (SELECT coalesce(sum(balance.quantity_base), 0)
          FROM balances AS balance JOIN depots AS depot ON depot.id = balance.depot_id
          JOIN lots AS lot ON lot.id = balance.lot_id
          WHERE balance.item_code = item.code AND balance.account LIKE 'depot:%:available' AND balance.quantity_base > 0
            AND depot.region_code LIKE $3 AND lot.quality = 'good'
            AND coalesce(lot.expiry_date >= (now() AT TIME ZONE 'Asia/Shanghai')::date, true)) AS available
  FROM item_capabilities AS has JOIN items AS item ON item.code = has.item_code
  WHERE has.capability_code = ANY($2) AND has.item_code <> $1`;

/** What else does the same as a quantity of an item. */
@Injectable()
export class SubstitutesQueries {
  constructor(
    private readonly database: Database,
    private readonly facts: ItemFactsQueries,
  ) {}

  /** @throws DomainError SUPPLIES_ITEM_NOT_FOUND */
  async substitutes(caller: Caller, itemCode: string, query: SubstitutesQuery): Promise<SubstitutesResponse> {
    const known = await this.database.query('SELECT 1 FROM items WHERE code = $1', [itemCode]);
    if (known.length === 0) throw new DomainError('SUPPLIES_ITEM_NOT_FOUND');
    const { quantityBase } = query;
    const region = query.region ?? caller.regionCode;
    const capabilities = await this.facts.capabilities(itemCode);
    const candidates = await this.database.query<CandidateRow>(CANDIDATES, [
      itemCode,
      capabilities.map(({ capabilityCode }) => capabilityCode),
      regionPattern(region),
    ]);
    const byCapability = Map.groupBy(candidates, (row) => row.capabilityCode);
    const answered = capabilities.map((capability) =>
      answerOf(capability, quantityBase, byCapability.get(capability.capabilityCode) ?? []),
    );
    return { itemCode, quantityBase, region, capabilities: answered };
  }
}

function answerOf(
  capability: CapabilityResponse,
  quantityBase: number,
  candidates: readonly CandidateRow[],
): SubstitutesByCapabilityResponse {
  const amount = amountOf(quantityBase, capability.amountPerBase);
  const substitutes = candidates.map((row) => substituteOf(row, amount)).sort(coveringFirst);
  return { ...capability, amount, substitutes: substitutes.slice(0, MAX_SUBSTITUTES) };
}

function substituteOf(row: CandidateRow, amount: number): SubstituteResponse {
  const { itemCode, nameZh, nameEn, unit, basis, source } = row;
  const amountPerBase = safeInteger(row.amount);
  const needed = neededBase(amount, amountPerBase);
  const availableBase = safeInteger(row.available);
  const facts = { itemCode, nameZh, nameEn, unit, amountPerBase, basis, source };
  return { ...facts, neededBase: needed, availableBase, covers: availableBase >= needed };
}

/** Those that cover what is needed, then the others; each in the order of their codes. */
const coveringFirst = (one: SubstituteResponse, other: SubstituteResponse): number =>
  Number(other.covers) - Number(one.covers) || (one.itemCode < other.itemCode ? -1 : 1);
