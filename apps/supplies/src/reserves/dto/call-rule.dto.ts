import { IsOptional } from 'class-validator';
import { PageQuery } from '@ledger/platform';
import { IsCount, IsDay, IsLine, IsRegionCode, MAX_AMOUNT_FEN } from './fields';

/** From what size on an approver signs calls of a region's contracts. */
export class SetCallRuleRequest {
  /** For the region and everything below it that has no rule of its own. */
  @IsRegionCode()
  regionCode!: string;

  @IsDay()
  validFrom!: string;

  @IsOptional()
  @IsCount(1)
  fromQuantityBase?: number;

  @IsOptional()
  @IsCount(1, MAX_AMOUNT_FEN)
  fromAmountFen?: number;

  /** The paper behind it. */
  @IsLine(200)
  basis!: string;
}

export class CallRuleIdResponse {
  ruleId!: string;
}

/** Which rules to list. */
export class CallRulesQuery extends PageQuery {
  /** Region code; its rules, and those of the regions above that hold there. The caller's own when left out. */
  @IsOptional()
  @IsRegionCode()
  region?: string;
}

export class CallRuleResponse {
  /** null for the estimate that holds where nobody set a rule. */
  ruleId!: string | null;
  regionCode!: string | null;
  validFrom!: string | null;
  fromQuantityBase!: number | null;
  fromAmountFen!: number | null;
  basis!: string;
  recordedBy!: string | null;
}

export class CallRulesResponse {
  /** The one that holds today. */
  inForce!: CallRuleResponse;
  items!: CallRuleResponse[];
  total!: number;
}
