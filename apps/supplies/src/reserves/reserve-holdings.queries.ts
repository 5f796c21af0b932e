import { Injectable } from '@nestjs/common';
import { knownStockBase, uncalledBase, whyUncounted, type PromisedMode } from '@ledger/contracts';
import { Database, type Tx } from '@ledger/platform';
import { regionPattern } from '../scope';
import { CONTRACT_COLUMNS, contractOf, type ContractRow } from './contract-rows';
import type { ReserveContract } from './domain/contract';

/** What contracts of one mode cover for a region and item. Quantities in the item's base unit. */
export interface ReserveHolding {
  /** Whose reserve it is; a contract counts once, for its own region, whatever regions it serves. */
  readonly regionCode: string;
  readonly itemCode: string;
  readonly mode: PromisedMode;
  /** Pieces that can still be called; of an enterprise including its minimum, of a plant what it may make in all. */
  readonly coveredBase: number;
  /** What enterprises have to keep; 0 for the other modes. */
  readonly minimumBase: number;
  /** What lies in the enterprises' stores as far as we know; 0 for plants. */
  readonly inStoreBase: number;
  readonly ratePerDay: number;
  readonly contractIds: readonly string[];
}

/**
 * What is covered by contracts, for features that compare it with standards. Only contracts that count now are in it:
 * in force, valid, and with fresh figures.
 */
@Injectable()
export class ReserveHoldingsQueries {
  constructor(private readonly database: Database) {}

  /**
   * @param regionCode  the region and everything below it
   * @param reader      a transaction to read in; its own reads when left out
   * @returns one entry per region, item and mode that has a counted contract, ordered by these
   */
  async holdings(
    { regionCode, itemCode }: { readonly regionCode: string; readonly itemCode?: string },
    now: Date,
    reader: Pick<Tx, 'query'> = this.database,
  ): Promise<ReserveHolding[]> {
    const counted = await countedContracts(reader, { pattern: regionPattern(regionCode), itemCode, at: now });
    const groups = Map.groupBy(counted, ({ regionCode: region, itemCode: item, mode }) => `${region} ${item} ${mode}`);
    return [...groups.values()].map(holdingOf);
  }
}

function holdingOf(contracts: readonly ReserveContract[]): ReserveHolding {
  const [{ regionCode, itemCode, mode }] = contracts;
  const sumOf = (of: (contract: ReserveContract) => number): number =>
    contracts.reduce((sum, contract) => sum + of(contract), 0);
  return {
    regionCode,
    itemCode,
    mode: mode as PromisedMode,
    coveredBase: sumOf(uncalledBase),
    minimumBase: sumOf(({ minimumBase }) => minimumBase),
    inStoreBase: mode === 'capacity' ? 0 : sumOf(knownStockBase),
    ratePerDay: sumOf(({ ratePerDay, confirmation }) =>
      Math.min(ratePerDay ?? 0, confirmation?.ratePerDay ?? ratePerDay ?? 0),
    ),
    contractIds: contracts.map(({ contractId }) => contractId),
  };
}

/** The promised contracts of regions, for one item or all, that count at a moment. */
export async function countedContracts(
  reader: Pick<Tx, 'query'>,
  of: { readonly pattern: string; readonly itemCode?: string; readonly at: Date },
): Promise<ReserveContract[]> {
  const rows = await reader.query<ContractRow>(
    `SELECT ${CONTRACT_COLUMNS} FROM reserve_contracts AS contract
     WHERE contract.region_code LIKE $1 AND ($2::text IS NULL OR contract.item_code = $2)
       AND contract.state = 'active' AND contract.mode IN ('agreement', 'enterprise', 'capacity')
     ORDER BY contract.region_code, contract.item_code, contract.mode, contract.id`,
    [of.pattern, of.itemCode ?? null],
  );
  return rows.map(contractOf).filter((contract) => !whyUncounted(contract, of.at));
}
