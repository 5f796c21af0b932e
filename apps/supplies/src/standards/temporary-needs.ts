import { Injectable } from '@nestjs/common';
import { safeInteger } from '@ledger/platform';
import { addDays, laterDay, type Day } from '../stock/domain/calendar';
import { placeGaps } from './domain/gap';
import { itemTarget } from './domain/target';
import type { TemporaryNeed } from './domain/temporary-standard';
import { GapFactsQueries, type Reader } from './gap-facts.queries';
import type { TemporaryStandard } from './temporary.repository';

export type ItemNeed = TemporaryNeed & { readonly itemCode: string };

/** Free and promised goods of a depot that may be issued on a day $2, and its floors then and on the day $3. */
const IN_DEPOT = `
  SELECT item.code AS "itemCode", reserve_floor($1, item.code, $2::date) AS in_force,
         reserve_floor($1, item.code, $3::date) AS after,
         (SELECT coalesce(sum(balance.quantity_base), 0) FROM balances AS balance
          JOIN lots AS lot ON lot.id = balance.lot_id
          WHERE balance.in_stock AND balance.depot_id = $1 AND balance.item_code = item.code
            AND balance.account NOT LIKE '%:quarantine' AND lot.quality = 'good'
            AND (balance.expiry_date IS NULL OR balance.expiry_date >= $2::date)) AS held
  FROM unnest($4::text[]) AS item (code)`;

/**
 * Other standards for a time of the same place and items. Of goods that are short the one to be filled first comes
 * first, of goods that are over the one to be drawn down first, so that no piece is asked for twice: `later` ones are in
 * force on the day $2 and filled after this one, `earlier` ones are over by the day $3 and drawn down before it.
 */
const OTHERS = `
  SELECT line.item_code AS "itemCode",
    coalesce(sum(line.quantity_base) FILTER (WHERE other.valid_from <= $2::date AND other.last_day >= $2::date
      AND (other.fill_up_by, other.id) > (this.fill_up_by, this.id)), 0) AS later,
    coalesce(sum(line.quantity_base) FILTER (WHERE other.last_day < $3::date AND other.draw_down_by >= $4::date
      AND (other.draw_down_by, other.id) < (this.draw_down_by, this.id)), 0) AS earlier
  FROM temporary_standards AS this
  JOIN (
    SELECT standard.*, coalesce(ended.last_day, standard.valid_to) AS last_day FROM temporary_standards AS standard
    LEFT JOIN temporary_standard_ends AS ended ON ended.standard_id = standard.id
  ) AS other ON other.id <> this.id
    AND CASE WHEN this.depot_id IS NULL THEN other.region_code = this.region_code ELSE other.depot_id = this.depot_id END
  JOIN temporary_standard_items AS line ON line.standard_id = other.id
  WHERE this.id = $1 GROUP BY line.item_code`;

/** Works out where a standard for a time stands: in a depot against its floors, in a region against all it has to keep. */
@Injectable()
export class TemporaryNeeds {
  constructor(private readonly facts: GapFactsQueries) {}

  async of(reader: Reader, standard: TemporaryStandard, today: Day): Promise<ItemNeed[]> {
    const days = { inForce: laterDay(standard.validFrom, today), after: addDays(standard.lastDay, 1) };
    const needs =
      standard.depotId === null
        ? await this.ofRegion(reader, standard, days)
        : await ofDepot(reader, standard, standard.depotId, days);
    const others = await reader.query<{ itemCode: string; later: string; earlier: string }>(OTHERS, [
      ...[standard.id, days.inForce, days.after, today],
    ]);
    const byItem = new Map(others.map((row) => [row.itemCode, row]));
    return needs.map((need) => {
      const other = byItem.get(need.itemCode);
      const requiredInForceBase = need.requiredInForceBase - safeInteger(other?.later ?? '0');
      return {
        ...need,
        requiredInForceBase,
        requiredAfterBase: need.requiredAfterBase + safeInteger(other?.earlier ?? '0'),
      };
    });
  }

  private async ofRegion(reader: Reader, standard: TemporaryStandard, days: Days): Promise<ItemNeed[]> {
    const { regionCode, items } = standard;
    const itself = async (day: Day) => {
      const { input } = await this.facts.facts(regionCode, day, { depth: 'itself', reader });
      const places = placeGaps(input).filter((place) => place.regionCode === regionCode);
      return new Map(places.map((place) => [place.target, place]));
    };
    const inForce = await itself(days.inForce);
    const after = await itself(days.after);
    return items.map(({ itemCode, quantityBase }) => {
      const target = itemTarget(itemCode);
      const held = inForce.get(target)?.heldBase ?? after.get(target)?.heldBase ?? 0;
      const requiredInForceBase = inForce.get(target)?.requiredBase ?? 0;
      const requiredAfterBase = after.get(target)?.requiredBase ?? 0;
      return { itemCode, quantityBase, heldBase: held, requiredInForceBase, requiredAfterBase };
    });
  }
}

interface Days {
  readonly inForce: Day;
  readonly after: Day;
}

async function ofDepot(reader: Reader, standard: TemporaryStandard, depotId: string, days: Days): Promise<ItemNeed[]> {
  const codes = standard.items.map(({ itemCode }) => itemCode);
  const rows = await reader.query<{ itemCode: string; in_force: string; after: string; held: string }>(IN_DEPOT, [
    ...[depotId, days.inForce, days.after, codes],
  ]);
  const figures = new Map(rows.map((row) => [row.itemCode, row]));
  return standard.items.map(({ itemCode, quantityBase }) => {
    const row = figures.get(itemCode);
    return {
      itemCode,
      quantityBase,
      heldBase: safeInteger(row?.held ?? '0'),
      requiredInForceBase: safeInteger(row?.in_force ?? '0'),
      requiredAfterBase: safeInteger(row?.after ?? '0'),
    };
  });
}
