import { Injectable } from '@nestjs/common';
import { regionCovers, type Caller } from '@ledger/contracts';
import { Database } from '@ledger/platform';
import { regionPattern } from '../scope';
import { chinaDay } from '../stock/domain/calendar';
import { ContractCover, type EnterpriseStock } from './contract-cover';
import { rulesOn, type EnterpriseRule } from './domain/standard-rule';
import { columnsOf, type Contribution } from './domain/target';
import type { EnterpriseGapResponse, EnterpriseGapsResponse } from './dto/enterprise-gap.dto';
import type { GapsQuery } from './dto/gap.dto';
import { GapFactsQueries } from './gap-facts.queries';
import { TargetNames, type NameOf } from './target-names';

/** Reads of the minimum stock of key enterprises. Source: plan 004 §22 (minimum stock of key enterprises). */
@Injectable()
export class EnterpriseGapsQueries {
  constructor(
    private readonly database: Database,
    private readonly facts: GapFactsQueries,
    private readonly cover: ContractCover,
    private readonly names: TargetNames,
  ) {}

  /** Those that keep less than their minimum first; with `all`, also those that keep it. */
  async enterprises(caller: Caller, query: GapsQuery): Promise<EnterpriseGapsResponse> {
    const region = query.region ?? caller.regionCode;
    const day = query.day ?? chinaDay(await this.facts.now());
    const pattern = regionPattern(region);
    const rules = rulesOn(await this.facts.enterpriseRules(pattern), day).filter(({ target }) => {
      const { itemCode, category } = columnsOf(target);
      const isItem = query.item === undefined || query.item === itemCode;
      return isItem && (query.category === undefined || query.category === category);
    });
    const stock = await this.cover.kept(this.database, pattern, day);
    const towards = await this.facts.contributions(rules);
    const nameOf = await this.names.of(rules.map(({ target }) => target));
    const rows = rules
      .map((rule) => gapOf(rule, { stock, towards, nameOf }))
      .filter(({ shortBase }) => query.all || shortBase > 0)
      .sort((one, other) => other.shortBase - one.shortBase || (one.ruleId < other.ruleId ? -1 : 1));
    return { day, region, items: rows.slice(query.offset, query.offset + query.limit), total: rows.length };
  }
}

function gapOf(
  rule: EnterpriseRule,
  known: {
    readonly stock: readonly EnterpriseStock[];
    readonly towards: readonly Contribution[];
    readonly nameOf: NameOf;
  },
): EnterpriseGapResponse {
  const { id: ruleId, regionCode, enterpriseId, enterpriseName, amountBase: minimumBase, source, basis } = rule;
  const { itemCode: own } = columnsOf(rule.target);
  const perUnit = ({ itemCode }: EnterpriseStock): number =>
    own === null
      ? (known.towards.find((each) => each.itemCode === itemCode && each.target === rule.target)?.perUnit ?? 0)
      : Number(itemCode === own);
  const counted = known.stock.filter(
    (kept) => kept.enterpriseId === enterpriseId && regionCovers(regionCode, kept.regionCode) && perUnit(kept) > 0,
  );
  const sum = (of: (kept: EnterpriseStock) => number): number =>
    counted.reduce((total, kept) => total + of(kept) * perUnit(kept), 0);
  const heldBase = sum(({ stockBase }) => stockBase);
  return {
    ...{ ruleId, regionCode, enterpriseId, enterpriseName, target: known.nameOf(rule.target), minimumBase },
    ...{ contractMinimumBase: sum((kept) => kept.minimumBase), heldBase, contracts: counted.length },
    ...{ shortBase: Math.max(0, minimumBase - heldBase), source, basis },
  };
}
