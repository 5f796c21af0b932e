import { Injectable } from '@nestjs/common';
import { callableSourceOf, dayInChina, tiersApart, whyUncounted, type Uncounted } from '@ledger/contracts';
import { Database, safeInteger } from '@ledger/platform';
import { regionPattern } from '../scope';
import { NOT_JOINT } from '../sharing/joint-lots';
import type { CallablePlace, NamedSource } from './callable-sources';
import { CONTRACT_COLUMNS, contractOf, type ContractRow } from './contract-rows';
import type { ReserveContract } from './domain/contract';

/** A contract that serves the place, and how it stands at the moment asked for. */
export interface StandingContract {
  readonly contract: ReserveContract;
  readonly source: NamedSource;
  /** undefined when it counts. */
  readonly uncounted: Uncounted | undefined;
}

const MAX_CONTRACTS = 500;

/**
 * Free stock of an item by depot: lots that are good on the day, above the standard in force. $1 item, $2 pattern of the
 * place, $3 the place, $4 pattern of the caller's scope, $5 the day. Besides the depots in the place, those of the tiers
 * above it serve it, as far as the caller may see them. Goods that were given for another region, for an incident or for
 * a group are not in it.
 */
const DEPOTS = `
  SELECT depot.id, depot.name_zh AS name, depot.region_code AS "regionCode",
         greatest(0, coalesce(sum(balance.quantity_base), 0) - reserve_floor(depot.id, $1, $5::date)) AS free
  FROM depots AS depot
  JOIN balances AS balance ON balance.depot_id = depot.id AND balance.item_code = $1 AND balance.in_stock
    AND balance.account = 'depot:' || depot.id || ':available'
  JOIN lots AS lot ON lot.id = balance.lot_id AND lot.quality = 'good'
    AND (lot.expiry_date IS NULL OR lot.expiry_date >= $5::date)
    AND (NOT lot.purpose_bound OR EXISTS (
      SELECT 1 FROM donation_purposes AS purpose WHERE purpose.lot_id = lot.id
        AND purpose.purpose_kind = 'region' AND starts_with($3, purpose.purpose_region_code)))
    AND ${NOT_JOINT}
  WHERE depot.region_code LIKE $4
    AND (depot.region_code LIKE $2 OR starts_with($3, depot.region_code))
  GROUP BY depot.id`;

const CONTRACTS = `
  SELECT ${CONTRACT_COLUMNS} FROM reserve_contracts AS contract
  WHERE contract.item_code = $1 AND contract.state IN ('active', 'suspended') AND EXISTS (
    SELECT 1 FROM reserve_contract_regions AS served WHERE served.contract_id = contract.id
      AND (served.region_code LIKE $2 OR starts_with($3, served.region_code)))
  ORDER BY contract.document_number, contract.id LIMIT ${MAX_CONTRACTS}`;

/** The sources that a region has itself: its depots, and the contracts that serve it. */
@Injectable()
export class OwnSourcesQueries {
  constructor(private readonly database: Database) {}

  /** Depots with free stock; what is promised, held, in quarantine or past its date is not in it. */
  async depots({ itemCode, regionCode, at, caller }: CallablePlace): Promise<NamedSource[]> {
    const rows = await this.database.query<{ id: string; name: string; regionCode: string; free: string }>(DEPOTS, [
      itemCode,
      regionPattern(regionCode),
      regionCode,
      regionPattern(caller.regionCode),
      dayInChina(at),
    ]);
    return rows.flatMap((row) => {
      const limitBase = safeInteger(row.free);
      if (limitBase === 0) return [];
      const depot = { sourceId: row.id, name: row.name, regionCode: row.regionCode, documentNumber: null };
      const tiersAway = tiersApart(regionCode, row.regionCode);
      return [{ ...depot, kind: 'stock' as const, limitBase, readyAfterHours: 0, tiersAway, production: null }];
    });
  }

  /** Contracts that serve the place, counted or not; drafts and ended ones are no contracts for it. */
  async contracts({ itemCode, regionCode, at }: CallablePlace): Promise<StandingContract[]> {
    const rows = await this.database.query<ContractRow>(CONTRACTS, [itemCode, regionPattern(regionCode), regionCode]);
    return rows.map((row) => {
      const contract = contractOf(row);
      const { documentNumber, counterpartyName: name } = contract;
      const named = { name, documentNumber, regionCode: contract.regionCode };
      return {
        contract,
        source: { ...callableSourceOf(contract, { regionCode }), ...named },
        uncounted: whyUncounted(contract, at),
      };
    });
  }
}
