import { ApiProperty } from '@nestjs/swagger';
import { IsOptional, IsString, Length, Matches, MaxLength } from 'class-validator';
import { REGION_CODE_PATTERN } from '@ledger/contracts';
import { PageQuery } from '@ledger/platform';
import type { DonationState } from '../domain/donation-state';
import type { PurposeKind } from '../domain/purpose';
import type { TraceStep } from '../domain/trace';
import { TRACE_CODE_PATTERN } from '../domain/trace-code';

/** The code that is printed on the certificate. */
export class TraceCodeParam {
  @IsString()
  @Length(26, 26)
  @Matches(TRACE_CODE_PATTERN)
  @ApiProperty({ pattern: TRACE_CODE_PATTERN.source, minLength: 26, maxLength: 26 })
  traceCode!: string;
}

/** Which published donations to list. */
export class PublishedDonationsQuery extends PageQuery {
  /** Region code of the depot that took it in; the region and everything below it. */
  @IsOptional()
  @MaxLength(12)
  @Matches(REGION_CODE_PATTERN)
  @ApiProperty({ pattern: REGION_CODE_PATTERN.source })
  region?: string;
}

/** What happened to goods, and in which county; nothing finer, and no names. */
export class TraceStepResponse {
  step!: TraceStep;
  /** The day it happened. */
  on!: string;
  /** County code; null on the road. */
  countyCode!: string | null;
  quantityBase!: number;
}

export class TracedLineResponse {
  itemCode!: string;
  nameZh!: string;
  nameEn!: string;
  unit!: string;
  givenBase!: number;
  decision!: 'open' | 'accepted' | 'refused';
  receivedBase!: number;
  /** Where the goods are now. */
  storedBase!: number;
  onTheWayBase!: number;
  atSitesBase!: number;
  handedOutBase!: number;
  steps!: TraceStepResponse[];
}

/** Where a donation went. */
export class TracedDonationResponse {
  state!: DonationState;
  givenOn!: string;
  /** County of the depot that took it in. */
  countyCode!: string;
  purpose!: PurposeKind;
  /** County or group that it was given for. */
  purposeFor!: string | null;
  moneyFen!: number | null;
  lines!: TracedLineResponse[];
}

export class PublishedItemResponse {
  nameZh!: string;
  unit!: string;
  quantityBase!: number;
}

/** A donation in the published list 公示. */
export class PublishedDonationResponse {
  acceptedOn!: string;
  countyCode!: string;
  /** null unless the donor agreed to be named. */
  donorName!: string | null;
  moneyFen!: number | null;
  items!: PublishedItemResponse[];
}

export class PublishedDonationsResponse {
  items!: PublishedDonationResponse[];
  total!: number;
}
