import { Injectable } from '@nestjs/common';
import { depotAccount, type Account } from '@ledger/contracts';
import { safeInteger, type Tx } from '@ledger/platform';
import type { Place } from './count-lines.repository';
import type { BalanceAtCount } from './domain/record-line';

/** The part of a line that says where its pieces stand in the ledger. */
export interface Shelf {
  readonly lotId: string | null;
  readonly place: Place;
}

export type BalanceOf = (shelf: Shelf) => BalanceAtCount;

/**
 * Reads what the ledger says at the moment of counting. The balances are locked first: a movement that changes them
 * either has committed, and is in the figure, or comes after it. For a moment that has passed (a phone without a
 * network), what was posted since then is taken off again, by the times that the ledger drew under the same locks.
 */
@Injectable()
export class CountBalancesRepository {
  /**
   * @param countedAt  a past moment, or undefined for now
   * @returns with the balances the moment they are true for, to the microsecond as the ledger keeps time
   */
  async at(
    tx: Tx,
    depotId: string,
    shelves: readonly Shelf[],
    countedAt: Date | undefined,
  ): Promise<{ balanceOf: BalanceOf; countedAt: string }> {
    const lotIds = [...new Set(shelves.flatMap(({ lotId }) => lotId ?? []))];
    const balances = new Map<string, number>();
    const add = ({ account, lot_id, quantity_base }: BalanceRow): void => {
      const key = `${account} ${lot_id}`;
      balances.set(key, (balances.get(key) ?? 0) + safeInteger(quantity_base));
    };
    (await lockBalances(tx, depotId, lotIds)).forEach(add);
    const [{ now }] = await tx.query<{ now: string }>(
      `SELECT to_json(clock_timestamp() AT TIME ZONE 'UTC')#>>'{}' AS now`,
    );
    if (countedAt) (await postedSince(tx, { depotId, lotIds, countedAt })).forEach(add);
    const of = (account: Account, lotId: string): number => balances.get(`${account} ${lotId}`) ?? 0;
    const balanceOf: BalanceOf = ({ lotId, place }) => {
      if (lotId === null) return { balanceBase: 0, availableBase: 0 };
      const availableBase = of(depotAccount(depotId, place === 'shelf' ? 'available' : 'quarantine'), lotId);
      const reservedBase = place === 'shelf' ? of(depotAccount(depotId, 'reserved'), lotId) : 0;
      return { balanceBase: availableBase + reservedBase, availableBase };
    };
    return { balanceOf, countedAt: countedAt?.toISOString() ?? `${now}Z` };
  }

  /** Those of the lines whose batch came into the depot after it was counted. */
  async bookedSince(tx: Tx, depotId: string, lineIds: readonly string[]): Promise<ReadonlySet<string>> {
    const rows = await tx.query<{ id: string }>(
      `SELECT DISTINCT line.id
       FROM count_lines AS line
       JOIN lots AS lot ON lot.item_code = line.item_code AND lot.batch_number = line.batch_number
       JOIN postings AS posting ON posting.lot_id = lot.id AND posting.depot_id = $1
         AND posting.to_account LIKE 'depot:%' AND posting.from_account NOT LIKE 'depot:%'
       JOIN movements AS movement ON movement.id = posting.movement_id AND movement.posted_at > line.counted_at
       WHERE line.id = ANY($2)`,
      [depotId, lineIds],
    );
    return new Set(rows.map(({ id }) => id));
  }
}

interface BalanceRow {
  readonly account: string;
  readonly lot_id: string;
  readonly quantity_base: string;
}

function lockBalances(tx: Tx, depotId: string, lotIds: readonly string[]): Promise<BalanceRow[]> {
  return tx.query<BalanceRow>(
    `SELECT account, lot_id, quantity_base FROM balances WHERE depot_id = $1 AND lot_id = ANY($2)
     ORDER BY account, lot_id FOR UPDATE`,
    [depotId, lotIds],
  );
}

/** What was posted after a moment, with the sign turned round. */
function postedSince(
  tx: Tx,
  { depotId, lotIds, countedAt }: { depotId: string; lotIds: readonly string[]; countedAt: Date },
): Promise<BalanceRow[]> {
  return tx.query<BalanceRow>(
    `SELECT side.account, posting.lot_id, -sum(side.change_base) AS quantity_base
     FROM postings AS posting
     JOIN movements AS movement ON movement.id = posting.movement_id
     CROSS JOIN LATERAL (VALUES (posting.from_account, -posting.quantity_base),
                                (posting.to_account, posting.quantity_base)) AS side (account, change_base)
     WHERE posting.depot_id = $1 AND posting.lot_id = ANY($2) AND side.account LIKE 'depot:%'
       AND movement.posted_at > $3
     GROUP BY side.account, posting.lot_id`,
    [depotId, lotIds, countedAt.toISOString()],
  );
}
