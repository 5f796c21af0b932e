import type { BenchServer, BenchService } from './bench-server';
import { loadHttp } from './http-load';
import type { Measurement } from './rounds';
import { quantile } from './statistics';
import { CITY, ITEM, fillLedger, idOf } from './stock-data';

const SECONDS = 1;
const FEW_LOTS = 10_000;
const MANY_LOTS = 1_000_000;
const PIECES_PER_LOT = 50;
const API = '/api/v1/supplies';

const ROLL_UP = `${API}/stock?region=${CITY}&item=${ITEM}&by=region&tier=township`;
const FEFO = `${API}/stock/picks?item=${ITEM}&quantityBase=500`;
const PAGE = `${API}/stock?by=lot&depotId=${idOf('depot', 7)}&limit=50`;
const BY_KEY = `${API}/items/${ITEM}`;

/** Reads of a ledger of a million lots beside the same reads of ten thousand, and beside a read by primary key. */
export async function measureReads(server: BenchServer): Promise<Measurement> {
  const few = await ledgerOf(server, 'few', FEW_LOTS);
  const many = await ledgerOf(server, 'many', MANY_LOTS);
  const token = await server.identity.token();
  const median = (service: BenchService, path: string) => () => latency(service, { path, token, share: 0.5 });
  const p95 = (service: BenchService, path: string) => () => latency(service, { path, token, share: 0.95 });
  return {
    cells: {
      rollup_10k: median(few, ROLL_UP),
      rollup_1m: median(many, ROLL_UP),
      fefo_10k: median(few, FEFO),
      fefo_1m: median(many, FEFO),
      page_10k: median(few, PAGE),
      page_1m: median(many, PAGE),
      rollup_p95: p95(many, ROLL_UP),
      pk_p95: p95(many, BY_KEY),
    },
    ratios: {
      rollup_1m_over_10k: (round) => round.rollup_1m / round.rollup_10k,
      fefo_1m_over_10k: (round) => round.fefo_1m / round.fefo_10k,
      page_1m_over_10k: (round) => round.page_1m / round.page_10k,
      rollup_over_pk: (round) => round.rollup_p95 / round.pk_p95,
    },
    unit: 'milliseconds',
    close: () => Promise.resolve(),
  };
}

async function ledgerOf(server: BenchServer, name: string, lots: number): Promise<BenchService> {
  const service = await server.startService(name);
  const owner = await service.connectAsOwner();
  await fillLedger(owner, lots, PIECES_PER_LOT);
  await owner.end();
  return service;
}

/** One caller who asks again and again. */
async function latency(
  service: BenchService,
  { path, token, share }: { path: string; token: string; share: number },
): Promise<number> {
  const { latencies } = await loadHttp(service.port, [{ method: 'GET', path, token }], SECONDS);
  return quantile(
    [...latencies].sort((one, other) => one - other),
    share,
  );
}
