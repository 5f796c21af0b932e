import {
  IsBoolean,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  IsUUID,
  Length,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateIf,
} from 'class-validator';
import { REGION_CODE_PATTERN } from '@ledger/contracts';
import { LINE_PATTERN, PageQuery } from '@ledger/platform';
import { PROGRESS_STATES, type CallUpState, type ProgressState } from '../domain/call-up-state';

const CHANNELS = ['phone', 'system'] as const;

/** Which call-ups to list. */
export class CallUpsQuery extends PageQuery {
  /** `true`: only those that are not ended; `false`: only ended ones. */
  @IsOptional()
  @IsIn(['true', 'false'])
  open?: 'true' | 'false';

  /** Region code of the site; the region and everything below it. */
  @IsOptional()
  @MaxLength(12)
  @Matches(REGION_CODE_PATTERN)
  region?: string;
}

/** What a team said to a call-up. */
export class AnswerRequest {
  /** The team that speaks; it must be the one that is asked now. */
  @IsUUID()
  teamId!: string;

  @IsBoolean()
  accepted!: boolean;

  /** People who come; required when accepted. */
  @ValidateIf((answer: AnswerRequest) => answer.accepted || answer.strength !== undefined)
  @IsInt()
  @Min(1)
  @Max(10_000)
  strength?: number;

  /** A dispatcher enters answers taken by phone. */
  @IsIn(CHANNELS)
  channel!: 'phone' | 'system';

  /** Who spoke for the team. */
  @IsString()
  @Length(1, 200)
  @Matches(LINE_PATTERN)
  answeredBy!: string;

  /** Why the team does not come; required when declined. */
  @ValidateIf((answer: AnswerRequest) => answer.accepted === false || answer.reason !== undefined)
  @IsString()
  @Length(1, 500)
  @Matches(LINE_PATTERN)
  reason?: string;
}

/** How far the team is. */
export class ProgressRequest {
  @IsIn(PROGRESS_STATES)
  state!: ProgressState;
}

/** Why a call-up ends. */
export class StandDownRequest {
  @IsString()
  @Length(1, 500)
  @Matches(LINE_PATTERN)
  reason!: string;
}

export class CallUpSiteResponse {
  siteId!: string;
  name!: string;
  regionCode!: string;
  latitude!: number;
  longitude!: number;
}

/** A team that was passed over, and why. */
export class SkippedTeamResponse {
  teamId!: string;
  teamName!: string;
  reason!: string;
}

/** One team that was asked. */
export class AttemptResponse {
  ordinal!: number;
  teamId!: string;
  teamName!: string;
  /** How a team of this kind is asked. */
  callChannel!: string;
  askedAt!: string;
  answerBy!: string;
  skipped!: SkippedTeamResponse[];
  answer!: 'accepted' | 'declined' | 'no-answer' | null;
  answeredAt!: string | null;
  answeredBy!: string | null;
  channel!: 'phone' | 'system' | null;
  strength!: number | null;
  reason!: string | null;
  /** Null as long as the team is held. */
  endedAt!: string | null;
}

/** One state a call-up has been in. */
export class ChangeResponse {
  state!: CallUpState;
  at!: string;
  actor!: string;
}

export class CallUpSummaryResponse {
  id!: string;
  allocationId!: string;
  lineId!: string;
  incidentId!: string;
  typeCode!: string;
  site!: CallUpSiteResponse;
  state!: CallUpState;
  requestedAt!: string;
  endedAt!: string | null;
  endReason!: string | null;
}

/** A call-up with the teams asked so far; a caller who is only on a team's side sees only the own teams' part. */
export class CallUpResponse extends CallUpSummaryResponse {
  attempts!: AttemptResponse[];
  changes!: ChangeResponse[];
}

export class CallUpsResponse {
  items!: CallUpSummaryResponse[];
}
