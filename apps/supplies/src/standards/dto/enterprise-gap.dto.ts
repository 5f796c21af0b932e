import type { Basis } from '../domain/basis';
import { TargetResponse } from './gap.dto';

/** What an enterprise has to keep by rule, and what it keeps. */
export class EnterpriseGapResponse {
  ruleId!: string;
  /** The region that set the minimum. */
  regionCode!: string;
  enterpriseId!: string;
  enterpriseName!: string;
  target!: TargetResponse;
  minimumBase!: number;
  /** What its contracts ask it to keep; they should not ask for less than the rule. */
  contractMinimumBase!: number;
  /** As far as we know, under contracts in force with fresh figures; 0 without any. */
  heldBase!: number;
  shortBase!: number;
  /** Contracts that were counted. */
  contracts!: number;
  source!: string;
  basis!: Basis;
}

export class EnterpriseGapsResponse {
  day!: string;
  region!: string;
  items!: EnterpriseGapResponse[];
  total!: number;
}
