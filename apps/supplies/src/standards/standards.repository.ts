import { Injectable } from '@nestjs/common';
import { DomainError, type Caller, type RegionTier } from '@ledger/contracts';
import { newId, safeInteger, type Tx } from '@ledger/platform';
import type { Day } from '../stock/domain/calendar';
import type { Basis } from './domain/basis';
import type { RiskLevel } from './domain/region-fact';
import { lineOf, type Measure } from './domain/standard-rule';
import { targetOf } from './domain/target';
import type { RecordFactRequest, SetShareRequest } from './dto/fact.dto';

/** A rule as it is written. */
export interface RuleEntry {
  readonly regionCode: string;
  readonly tier: RegionTier | null;
  readonly enterpriseId: string | null;
  readonly enterpriseName: string | null;
  readonly itemCode: string | null;
  readonly category: string | null;
  readonly capability: string | null;
  readonly measure: Measure;
  readonly amountBase: number;
  readonly perPeople: number | null;
  readonly riskLevel: RiskLevel | null;
  readonly validFrom: Day;
  readonly validTo: Day | null;
  readonly source: string;
  readonly basis: Basis;
  readonly approvedBy: string | null;
  readonly note: string | null;
}

export const RULE_COLUMNS = `
  rule.region_code AS "regionCode", rule.tier, rule.enterprise_id AS "enterpriseId",
  rule.enterprise_name AS "enterpriseName", rule.item_code AS "itemCode", rule.category, rule.capability, rule.measure,
  rule.amount_base AS amount, rule.per_people AS "perPeople", rule.risk_level AS "riskLevel",
  rule.valid_from::text AS "validFrom", rule.valid_to::text AS "validTo", rule.source, rule.basis,
  rule.approved_by AS "approvedBy", rule.note`;

export type RuleRow = Omit<RuleEntry, 'amountBase'> & { readonly amount: string };

/** Rules, facts and shares: appended, never changed. */
@Injectable()
export class StandardsRepository {
  /** @throws DomainError SUPPLIES_ITEM_UNKNOWN */
  async assertItems(tx: Tx, named: readonly { readonly itemCode: string; readonly pointer: string }[]): Promise<void> {
    const codes = named.map(({ itemCode }) => itemCode);
    const rows = await tx.query<{ code: string }>('SELECT code FROM items WHERE code = ANY($1)', [codes]);
    const known = new Set(rows.map(({ code }) => code));
    const errors = named
      .filter(({ itemCode }) => !known.has(itemCode))
      .map(({ pointer }) => ({ pointer, reason: 'is not in the catalogue' }));
    if (errors.length > 0) throw new DomainError('SUPPLIES_ITEM_UNKNOWN', { errors });
  }

  /** @param replacesId  the row whose end this one records */
  async addRule(tx: Tx, caller: Caller, rule: RuleEntry, replacesId: string | null): Promise<string> {
    const id = newId();
    await tx.execute(
      `INSERT INTO standard_rules (id, line_key, region_code, tier, enterprise_id, enterprise_name, item_code, category,
         capability, measure, amount_base, per_people, risk_level, valid_from, valid_to, source, basis, approved_by, note,
         replaces_id, set_by, set_by_id)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22)`,
      [
        ...[id, lineOf({ ...rule, target: targetOf(rule) }), rule.regionCode, rule.tier],
        ...[rule.enterpriseId, rule.enterpriseName, rule.itemCode, rule.category, rule.capability],
        ...[rule.measure, rule.amountBase, rule.perPeople, rule.riskLevel, rule.validFrom, rule.validTo],
        ...[rule.source, rule.basis, rule.approvedBy, rule.note, replacesId, caller.displayName, caller.userId],
      ],
    );
    return id;
  }

  /** A rule, and whether another one of its line stands in its place by a day. */
  async rule(tx: Tx, id: string, day: Day): Promise<{ rule: RuleEntry; isSuperseded: boolean } | undefined> {
    const [row] = await tx.query<RuleRow & { readonly isSuperseded: boolean }>(
      `SELECT ${RULE_COLUMNS},
              EXISTS (SELECT 1 FROM standard_rules AS later
                      WHERE later.line_key = rule.line_key AND later.valid_from <= greatest($2::date, rule.valid_from)
                        AND (later.valid_from, later.set_at, later.id) > (rule.valid_from, rule.set_at, rule.id))
                AS "isSuperseded"
       FROM standard_rules AS rule WHERE rule.id = $1`,
      [id, day],
    );
    if (!row) return undefined;
    const { amount, isSuperseded, ...rule } = row;
    return { rule: { ...rule, amountBase: safeInteger(amount) }, isSuperseded };
  }

  async addFact(tx: Tx, caller: Caller, fact: RecordFactRequest): Promise<string> {
    const id = newId();
    const kind = fact.population === undefined ? 'risk-level' : 'population';
    await tx.execute(
      `INSERT INTO region_facts (id, region_code, kind, population, risk_level, valid_from, source, basis, set_by, set_by_id)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
      [
        ...[id, fact.regionCode, kind, fact.population ?? null, fact.riskLevel ?? null, fact.validFrom],
        ...[fact.source, fact.basis, caller.displayName, caller.userId],
      ],
    );
    return id;
  }

  async addShare(tx: Tx, caller: Caller, share: SetShareRequest): Promise<string> {
    const id = newId();
    await tx.execute(
      `INSERT INTO standard_shares (id, region_code, mode, item_code, category, share_percent, valid_from, valid_to,
                                    source, basis, set_by, set_by_id)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
      [
        ...[id, share.regionCode, share.mode, share.itemCode ?? null, share.category ?? null, share.sharePercent],
        ...[share.validFrom, share.validTo ?? null, share.source, share.basis, caller.displayName, caller.userId],
      ],
    );
    return id;
  }
}
