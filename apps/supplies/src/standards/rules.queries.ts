import { Injectable } from '@nestjs/common';
import type { Caller } from '@ledger/contracts';
import { Database, safeInteger } from '@ledger/platform';
import { regionPattern } from '../scope';
import { chinaDay } from '../stock/domain/calendar';
import type { FactResponse, FactsResponse, ShareResponse, SharesResponse } from './dto/fact.dto';
import type { FactsQuery, RuleResponse, RulesQuery, RulesResponse } from './dto/rule.dto';
import { RULE_COLUMNS, type RuleRow } from './standards.repository';

/** Rows that bind the region ($1 code, $2 pattern) or were set below it. */
const IN_SCOPE = `(row.region_code LIKE $2 OR $1 LIKE row.region_code || '%')`;

/** Where a dated row stands on the day $3; rows of one line hide each other, the latest first day first. */
const dated = (table: string, line: string, hasEnd: boolean): string => `
  SELECT row.*,
    CASE WHEN row.valid_from > $3::date THEN 'planned'
         WHEN row_number() OVER (PARTITION BY ${line}, row.valid_from <= $3::date
                                 ORDER BY row.valid_from DESC, row.set_at DESC, row.id DESC) > 1 THEN 'superseded'
         ${hasEnd ? `WHEN row.valid_to < $3::date THEN 'ended'` : ''}
         ELSE 'in-force' END AS state
  FROM ${table} AS row WHERE ${IN_SCOPE}`;

interface Listed {
  readonly total: string;
  readonly setAt: Date;
}

/** Reads of rules, facts and shares. What binds a region is open to those who work in it. */
@Injectable()
export class RulesQueries {
  constructor(private readonly database: Database) {}

  async rules(caller: Caller, query: RulesQuery): Promise<RulesResponse> {
    const { day, parameters } = await this.parameters(caller, query);
    const rows = await this.database.query<
      RuleRow & Pick<RuleResponse, 'id' | 'replacesId' | 'setBy' | 'state'> & Listed
    >(
      `SELECT rule.id, ${RULE_COLUMNS}, rule.replaces_id AS "replacesId", rule.set_by AS "setBy",
              rule.set_at AS "setAt", rule.state, count(*) OVER () AS total
       FROM (${dated('standard_rules', 'row.line_key', true)}) AS rule
       WHERE ($4 OR rule.state = 'in-force') AND ($5::text IS NULL OR rule.item_code = $5)
       ORDER BY rule.region_code, rule.line_key, rule.valid_from DESC, rule.set_at DESC, rule.id DESC
       LIMIT $6 OFFSET $7`,
      [...parameters, query.item ?? null, query.limit, query.offset],
    );
    const items = rows.map(({ total: _total, amount, setAt, ...rule }) => ({
      ...rule,
      amountBase: safeInteger(amount),
      setAt: setAt.toISOString(),
    }));
    return { day, items, total: totalOf(rows) };
  }

  async facts(caller: Caller, query: FactsQuery): Promise<FactsResponse> {
    const { day, parameters } = await this.parameters(caller, query);
    const rows = await this.database.query<
      Omit<FactResponse, 'population' | 'setAt'> & { people: string | null } & Listed
    >(
      `SELECT fact.id, fact.region_code AS "regionCode", fact.kind, fact.population AS people,
              fact.risk_level AS "riskLevel", fact.valid_from::text AS "validFrom", fact.source, fact.basis,
              fact.set_by AS "setBy", fact.set_at AS "setAt", fact.state, count(*) OVER () AS total
       FROM (${dated('region_facts', 'row.region_code, row.kind', false)}) AS fact
       WHERE $4 OR fact.state = 'in-force'
       ORDER BY fact.region_code, fact.kind, fact.valid_from DESC, fact.set_at DESC, fact.id DESC LIMIT $5 OFFSET $6`,
      [...parameters, query.limit, query.offset],
    );
    const items = rows.map(({ total: _total, people, setAt, ...fact }) => ({
      ...fact,
      population: people === null ? null : safeInteger(people),
      setAt: setAt.toISOString(),
    }));
    return { day, items, total: totalOf(rows) };
  }

  async shares(caller: Caller, query: RulesQuery): Promise<SharesResponse> {
    const { day, parameters } = await this.parameters(caller, query);
    const rows = await this.database.query<Omit<ShareResponse, 'setAt'> & Listed>(
      `SELECT share.id, share.region_code AS "regionCode", share.mode, share.item_code AS "itemCode", share.category,
              share.share_percent AS "sharePercent", share.valid_from::text AS "validFrom",
              share.valid_to::text AS "validTo", share.source, share.basis, share.set_by AS "setBy",
              share.set_at AS "setAt", share.state, count(*) OVER () AS total
       FROM (${dated('standard_shares', 'row.region_code, row.mode, row.item_code, row.category', true)}) AS share
       WHERE ($4 OR share.state = 'in-force') AND ($5::text IS NULL OR share.item_code = $5)
       ORDER BY share.region_code, share.mode, share.item_code, share.category, share.valid_from DESC,
                share.set_at DESC, share.id DESC
       LIMIT $6 OFFSET $7`,
      [...parameters, query.item ?? null, query.limit, query.offset],
    );
    const items = rows.map(({ total: _total, setAt, ...share }) => ({ ...share, setAt: setAt.toISOString() }));
    return { day, items, total: totalOf(rows) };
  }

  private async parameters(caller: Caller, query: FactsQuery) {
    const region = query.region ?? caller.regionCode;
    const [{ now }] = await this.database.query<{ now: Date }>('SELECT now() AS now');
    const day = query.day ?? chinaDay(now);
    return { day, parameters: [region, regionPattern(region), day, query.history ?? false] };
  }
}

const totalOf = (rows: readonly { readonly total: string }[]): number => (rows[0] ? safeInteger(rows[0].total) : 0);
