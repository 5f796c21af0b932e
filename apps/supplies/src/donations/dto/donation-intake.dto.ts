import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsObject,
  IsOptional,
  IsString,
  IsUUID,
  Length,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import { MAX_QUANTITY_BASE, REGION_CODE_PATTERN } from '@ledger/contracts';
import { LINE_PATTERN } from '@ledger/platform';
import { ITEM_CODE_PATTERN, MAX_AMOUNT_FEN } from '../../input/patterns';
import type { DonationState } from '../domain/donation-state';
import { GROUPS, PURPOSE_KINDS, type Group, type PurposeKind } from '../domain/purpose';

const DONOR_KINDS = ['person', 'organisation'] as const;
const PHONE_PATTERN = /^\+?[0-9][0-9 -]{4,19}$/;
export const REFUSAL_REASONS = ['expired', 'unsafe', 'unsuitable', 'not-needed'] as const;
export type RefusalReason = (typeof REFUSAL_REASONS)[number];

/** Who gives. Seen only by the people who deal with the donation. */
export class DonorRequest {
  @IsIn(DONOR_KINDS)
  kind!: 'person' | 'organisation';

  /** The name is not taken down, or not to be shown to anybody. */
  @IsBoolean()
  anonymous!: boolean;

  @IsOptional()
  @IsString()
  @Length(1, 100)
  @Matches(LINE_PATTERN)
  name?: string;

  @IsOptional()
  @IsString()
  @MaxLength(20)
  @Matches(PHONE_PATTERN)
  @ApiProperty({ pattern: PHONE_PATTERN.source })
  phone?: string;

  @IsOptional()
  @IsString()
  @Length(1, 200)
  @Matches(LINE_PATTERN)
  address?: string;

  /** The donor agrees that the name appears in the published list. */
  @IsBoolean()
  publishName: boolean = false;
}

/** What the donor wants it to be used for. */
export class PurposeRequest {
  @IsIn(PURPOSE_KINDS)
  kind!: PurposeKind;

  @IsOptional()
  @MaxLength(12)
  @Matches(REGION_CODE_PATTERN)
  @ApiProperty({ pattern: REGION_CODE_PATTERN.source })
  regionCode?: string;

  @IsOptional()
  @IsUUID()
  incidentId?: string;

  @IsOptional()
  @IsIn(GROUPS)
  group?: Group;
}

export class DonationLineRequest {
  @MaxLength(7)
  @Matches(ITEM_CODE_PATTERN)
  @ApiProperty({ pattern: ITEM_CODE_PATTERN.source })
  itemCode!: string;

  @IsInt()
  @Min(1)
  @Max(MAX_QUANTITY_BASE)
  quantityBase!: number;

  /** Estimated value of the line in fen; it decides who signs. */
  @IsInt()
  @Min(0)
  @Max(MAX_AMOUNT_FEN / 100)
  valueFen: number = 0;
}

/** Something that somebody wants to give. */
export class RecordDonationRequest {
  /** The depot that would take it in. */
  @IsUUID()
  depotId!: string;

  @IsObject()
  @ValidateNested()
  @Type(() => DonorRequest)
  donor!: DonorRequest;

  @IsObject()
  @ValidateNested()
  @Type(() => PurposeRequest)
  purpose!: PurposeRequest;

  @IsArray()
  @ArrayMaxSize(100)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => DonationLineRequest)
  lines!: DonationLineRequest[];

  /** Money in fen: recorded, not kept here. */
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(MAX_AMOUNT_FEN / 100)
  moneyFen?: number;
}

/** What an inspection says about a line. */
export class InspectedLineRequest {
  @IsUUID()
  lineId!: string;

  @IsBoolean()
  accept!: boolean;

  /** Needed to refuse. */
  @IsOptional()
  @IsIn(REFUSAL_REASONS)
  refusalReason?: RefusalReason;

  @IsOptional()
  @IsString()
  @Length(1, 300)
  @Matches(LINE_PATTERN)
  note?: string;
}

/** What was found when the donation was looked at; every line is named once. */
export class InspectDonationRequest {
  @IsArray()
  @ArrayMaxSize(100)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => InspectedLineRequest)
  lines!: InspectedLineRequest[];

  /** Take it in now and owe the papers. */
  @IsBoolean()
  actFirst: boolean = false;

  /** Why it cannot wait for a signature; needed to act first. */
  @IsOptional()
  @IsString()
  @Length(1, 500)
  @Matches(LINE_PATTERN)
  reason?: string;
}

/** Why a donor takes it back. */
export class WithdrawDonationRequest {
  @IsString()
  @Length(1, 500)
  @Matches(LINE_PATTERN)
  reason!: string;
}

/** Where a donation stands after a step. */
export class DonationStepResponse {
  donationId!: string;
  number!: string;
  state!: DonationState;
  lines!: DonationLineStepResponse[];
  /** When the request for a signature, or the debt of one, falls due; null when nothing waits. */
  papersDueAt!: string | null;
  signatory!: string | null;
}

export class DonationLineStepResponse {
  lineId!: string;
  itemCode!: string;
  declaredBase!: number;
  decision!: 'open' | 'accepted' | 'refused';
  receivedBase!: number;
  lotId!: string | null;
}

/** Which line is freed of its purpose, and by whose word. */
export class LiftPurposeRequest {
  @IsUUID()
  lineId!: string;

  /** Number of the signed paper: the donor's consent, or the order that takes responsibility. */
  @IsString()
  @Length(1, 60)
  @Matches(LINE_PATTERN)
  paperNumber!: string;

  @IsString()
  @Length(1, 500)
  @Matches(LINE_PATTERN)
  reason!: string;
}

export class LiftPurposeResponse {
  lotId!: string;
  paperNumber!: string;
  liftedBy!: string;
}

export class CertificateResponse {
  donationId!: string;
  certificateNumber!: string;
  /** To be printed on the certificate: whoever knows it may follow the goods. */
  traceCode!: string;
  certifiedAt!: string;
}

export class EraseDonorResponse {
  donationId!: string;
  erasedAt!: string;
}
