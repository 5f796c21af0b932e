import type { Client } from 'pg';
import type { BenchServer, BenchService } from './bench-server';
import { loadHttp, type LoadResult, type RepeatedRequest } from './http-load';
import { createRawPosting, loadRaw, type RawGoods } from './raw-posting';
import type { Measurement } from './rounds';
import { depotOfLot, fillLedger, idOf } from './stock-data';

const CALLERS = 32;
const SECONDS = 2;
const BULK = 100;
const LOTS = 6_000;
const PIECES = 100_000_000;
/** The subject of the one deadline that seals the ledger. */
const LEDGER = '00000000-0000-7000-8000-00000000ce11';
const ROUTE = '/api/v1/supplies/movements';

const rate = ({ done, seconds }: LoadResult): number => done / seconds;

/** Posting over HTTP beside one call of the database per posting, spread, on one hot lot, and in lists. */
export async function measurePosting(server: BenchServer): Promise<Measurement> {
  const service = await server.startService('posting', { hasBus: false });
  const owner = await service.connectAsOwner();
  await fillLedger(owner, LOTS, PIECES);
  await createRawPosting(owner);
  await owner.end();
  const raw = await Promise.all(Array.from({ length: CALLERS }, () => service.connect()));
  const tokens = await Promise.all(Array.from({ length: CALLERS }, () => server.identity.token()));
  const spread = Array.from({ length: CALLERS }, (_, caller) => goodsOf(caller));
  const hot = Array.from({ length: CALLERS }, () => goodsOf(CALLERS));
  return {
    cells: {
      raw: () => rawRate(raw, spread),
      http: () => httpRate(service, requests(tokens, spread)),
      raw_hot: () => rawRate(raw, hot),
      http_hot: () => httpRate(service, requests(tokens, hot)),
      bulk: async () => (await httpRate(service, bulkRequests(tokens, spread))) * BULK,
    },
    ratios: {
      post_http_over_raw: ({ http, raw: limit }) => http / limit,
      post_hot_over_raw_hot: ({ http_hot, raw_hot }) => http_hot / raw_hot,
      post_bulk_over_raw: ({ bulk, raw: limit }) => bulk / limit,
    },
    unit: 'movements a second',
    close: async () => void (await Promise.all(raw.map((client) => client.end()))),
  };
}

/** Posting while the chain is sealed in the background, beside posting while it is not. */
export async function measureSealing(server: BenchServer): Promise<Measurement> {
  const service = await server.startService('sealing', { hasBus: false });
  const owner = await service.connectAsOwner();
  await fillLedger(owner, LOTS, PIECES);
  const tokens = await Promise.all(Array.from({ length: CALLERS }, () => server.identity.token()));
  const load = requests(
    tokens,
    Array.from({ length: CALLERS }, (_, caller) => goodsOf(caller)),
  );
  return {
    cells: {
      unsealed: async () => {
        await owner.query(`DELETE FROM deadlines WHERE kind = 'ledger-seal'`);
        return httpRate(service, load);
      },
      sealed: async () => {
        await sealRest(owner);
        return httpRate(service, load);
      },
    },
    ratios: { seal_cost: ({ sealed, unsealed }) => 1 - sealed / unsealed },
    unit: 'movements a second',
    close: () => owner.end(),
  };
}

/** Lets the service seal again, and waits until it has sealed what was posted meanwhile. */
async function sealRest(owner: Client): Promise<void> {
  await owner.query(
    `INSERT INTO deadlines (kind, subject_id, owner, due_at) VALUES ('ledger-seal', $1, 'bench', now())
     ON CONFLICT DO NOTHING`,
    [LEDGER],
  );
  for (let isMore = true; isMore;) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    const { rows } = await owner.query<{ more: boolean }>(
      `SELECT EXISTS (SELECT 1 FROM movements
                      WHERE sequence > (SELECT coalesce(max(last_sequence), 0) FROM ledger_blocks)) AS more`,
    );
    isMore = rows[0].more;
  }
}

/** The first lots of different depots: `fillLedger` puts the item of a lot by its number. */
const goodsOf = (lot: number): RawGoods => ({ lotId: idOf('lot', lot), itemCode: 'BEN-001', depotId: depotOfLot(lot) });

const rawRate = async (connections: readonly Client[], goods: readonly RawGoods[]): Promise<number> =>
  rate(await loadRaw(connections, goods, SECONDS));
const httpRate = async (service: BenchService, load: readonly RepeatedRequest[]): Promise<number> =>
  rate(await loadHttp(service.port, load, SECONDS));

const movementOf = ({ lotId, depotId }: RawGoods) => ({ kind: 'use', depotId, lines: [{ lotId, quantityBase: 1 }] });

function requests(tokens: readonly string[], goods: readonly RawGoods[]): RepeatedRequest[] {
  return goods.map((each, index) => {
    const body = JSON.stringify(movementOf(each));
    return { method: 'POST', path: ROUTE, token: tokens[index], body: () => body };
  });
}

function bulkRequests(tokens: readonly string[], goods: readonly RawGoods[]): RepeatedRequest[] {
  return goods.map((each, index) => {
    const body = JSON.stringify({ movements: Array.from({ length: BULK }, () => movementOf(each)) });
    return { method: 'POST', path: `${ROUTE}:batch`, token: tokens[index], body: () => body };
  });
}
