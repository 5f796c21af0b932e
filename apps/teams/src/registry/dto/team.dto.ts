import { IsOptional, Matches, MaxLength } from 'class-validator';
import { REGION_CODE_PATTERN } from '@ledger/contracts';
import { PageQuery } from '@ledger/platform';

/** Which teams to list. */
export class TeamsQuery extends PageQuery {
  /** Region code; the region and everything below it. */
  @IsOptional()
  @MaxLength(12)
  @Matches(REGION_CODE_PATTERN)
  region?: string;

  /** Code of a kind of team. */
  @IsOptional()
  @MaxLength(6)
  @Matches(/^[A-Z]{3}-\d{2}$/)
  type?: string;
}

/** The call-up that holds a team. */
export class CommitmentResponse {
  callUpId!: string;
  state!: string;
  since!: string;
}

/** A registered team and what holds it at this moment. */
export class TeamResponse {
  id!: string;
  code!: string;
  nameZh!: string;
  nameEn!: string;
  typeCode!: string;
  typeNameZh!: string;
  typeNameEn!: string;
  /** How a team of this kind is asked. */
  callChannel!: string;
  regionCode!: string;
  organisationId!: string;
  latitude!: number;
  longitude!: number;
  positionBasis!: 'sourced' | 'synthetic';
  /** People of the team. */
  strength!: number;
  readinessNote!: string;
  synthetic!: boolean;
  /** Answered from call-ups alone: certificates, gear, duty and rest are not known here. */
  readiness!: 'free' | 'committed';
  commitment!: CommitmentResponse | null;
}

export class TeamsResponse {
  items!: TeamResponse[];
}

/** A kind of team. */
export class TeamTypeResponse {
  code!: string;
  kind!: string;
  nameZh!: string;
  nameEn!: string;
  specialty!: string;
  callChannel!: string;
  planReference!: string;
}

export class TeamTypesResponse {
  items!: TeamTypeResponse[];
}
