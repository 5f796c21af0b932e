import { randomUUID } from 'node:crypto';
import { HEQU, HEQU_BUREAU, type TestAnswer, type TestCaller, type TestService } from '@ledger/testing';
import type { DepotEntryResponse, DepotWrittenResponse } from '../../src/depots/dto/depot-entry.dto';
import { KEEPER, STOCK_MANAGER, TENT, ledgerCounts, type Problem } from './world';

export const DEPOTS = '/api/v1/supplies/depots';
export const VILLAGE = '140930101200';
let codes = 0;

type Body = Record<string, unknown>;
type Written = TestAnswer<DepotWrittenResponse & Problem>;

/** What a stock manager sends to register a depot. */
export const anEntry = (overrides: Body = {}): Body => ({
  code: `HQ-${++codes}`,
  nameZh: '楼子营镇储备点',
  nameEn: 'Louziying point',
  regionCode: HEQU,
  tier: 'county',
  kind: 'warehouse',
  organisationId: HEQU_BUREAU,
  latitude: 39.42,
  longitude: 111.22,
  positionBasis: 'surveyed',
  remote: false,
  capacityRule: 'soft',
  ...overrides,
});

/** The parts of an entry that an amendment sends. */
export const amendable = (entry: Body): Body => {
  const { code: _code, regionCode: _regionCode, tier: _tier, ...rest } = entry;
  return rest;
};

export interface RegisteredDepot {
  readonly id: string;
  readonly code: string;
  readonly entry: Body;
}

/** A stock manager at the entries of depots, and a keeper who receives goods there. */
export class DepotDesk {
  constructor(private readonly service: TestService) {}

  register(entry: Body, as: TestCaller = STOCK_MANAGER): Promise<Written> {
    return this.service.request('POST', DEPOTS, { as, body: entry });
  }

  amend(id: string, body: Body, as: TestCaller = STOCK_MANAGER): Promise<Written> {
    return this.service.request('PUT', `${DEPOTS}/${id}`, { as, body });
  }

  setState(id: string, state: string, version: number, as: TestCaller = STOCK_MANAGER): Promise<Written> {
    return this.service.request('POST', `${DEPOTS}/${id}/state`, { as, body: { state, version, reason: '年度检修' } });
  }

  async read(id: string, as: TestCaller = STOCK_MANAGER): Promise<DepotEntryResponse> {
    return (await this.service.request<DepotEntryResponse>('GET', `${DEPOTS}/${id}`, { as })).body;
  }

  async registered(overrides: Body = {}): Promise<RegisteredDepot> {
    const entry = anEntry(overrides);
    const answer = await this.register(entry);
    if (answer.status !== 201) throw new Error(JSON.stringify(answer.body));
    return { entry, id: answer.body.depotId, code: answer.body.code };
  }

  receive(depotId: string, quantityBase: number): Promise<TestAnswer<Problem>> {
    const lines = [{ itemCode: TENT, quantityBase, batchNumber: randomUUID() }];
    const body = { depotId, origin: 'purchase', lines };
    return this.service.request('POST', '/api/v1/supplies/receipts', { as: KEEPER, body });
  }

  /** What was written about depots, for requests that must leave no trace. */
  async traces(): Promise<unknown> {
    const tables = ['depots', 'depot_state_changes', 'depot_keepers', 'depot_people_reports', 'depot_zones'];
    tables.push('depot_bins', 'depot_bin_lots', 'pre_positioning_needs');
    const counts = tables.map((table) => `(SELECT count(*) FROM ${table}) AS ${table}`);
    const [row] = await this.service.database.query(
      `SELECT ${counts.join(', ')}, (SELECT sum(version) FROM depots) AS versions,
              (SELECT count(*) FROM depot_keepers WHERE valid_to IS NOT NULL) AS ended_keepers,
              (SELECT count(*) FROM pre_positioning_needs WHERE valid_to IS NOT NULL) AS ended_needs`,
    );
    return { ...row, ...(await ledgerCounts(this.service)) };
  }
}
