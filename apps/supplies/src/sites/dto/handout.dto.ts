import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsISO8601,
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
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import { MAX_QUANTITY_BASE } from '@ledger/contracts';
import { LINE_PATTERN } from '@ledger/platform';
import { INSTANT_PATTERN } from '../../input/patterns';
import { MAX_SIGNATURE_CHARACTERS, SIGNED_FOR, type SignedFor } from '../domain/signature';
import { HouseholdRow } from './household.dto';

/** Pieces of one allocation line that people got. */
export class HandoutLine {
  @IsUUID()
  lineId!: string;

  @IsInt()
  @Min(1)
  @Max(MAX_QUANTITY_BASE)
  quantityBase!: number;
}

/** Who signed for a household. */
export class HandoutSignature {
  @IsString()
  @Length(1, 60)
  @Matches(LINE_PATTERN)
  signerName!: string;

  @IsIn(SIGNED_FOR)
  signedFor!: SignedFor;

  /** A PNG of at most 20 KB in base64. */
  @IsOptional()
  @IsString()
  @MaxLength(MAX_SIGNATURE_CHARACTERS)
  imagePng?: string;

  /** Where the signed paper is filed. */
  @IsOptional()
  @IsString()
  @Length(1, 200)
  @Matches(LINE_PATTERN)
  reference?: string;
}

/** One household of the list: by its id, or named here and registered with it. */
export class HandoutRecipient {
  @IsOptional()
  @IsUUID()
  householdId?: string;

  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => HouseholdRow)
  household?: HouseholdRow;

  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(20)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => HandoutLine)
  lines!: HandoutLine[];

  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => HandoutSignature)
  signature?: HandoutSignature;

  /** Why it gets the same item again within the incident. */
  @IsOptional()
  @IsString()
  @Length(1, 500)
  @Matches(LINE_PATTERN)
  repeatReason?: string;
}

/** Goods of one allocation given to people at a site. */
export class RecordHandoutRequest {
  @IsUUID()
  allocationId!: string;

  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(200)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => HandoutLine)
  lines!: HandoutLine[];

  /** People who got something in this hand-out; left out when a list says who they are. */
  @ValidateIf(
    (request: RecordHandoutRequest) => request.recipients === undefined || request.peopleReached !== undefined,
  )
  @IsInt()
  @Min(0)
  @Max(10_000_000)
  @ApiProperty({ required: false })
  peopleReached?: number;

  /** Who got what; the parts add up to `lines`. */
  @IsOptional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(500)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => HandoutRecipient)
  recipients?: HandoutRecipient[];

  /** When it happened; now when left out. */
  @IsOptional()
  @MaxLength(35)
  @Matches(INSTANT_PATTERN)
  @ApiProperty({ format: 'date-time' })
  @IsISO8601({ strict: true })
  handedOutAt?: string;

  @IsOptional()
  @IsString()
  @Length(1, 500)
  @Matches(LINE_PATTERN)
  note?: string;
}

export class HandedOutLineResponse {
  lineId!: string;
  itemCode!: string;
  quantityBase!: number;
  /** True when the goods are used up; recoverable ones come back. */
  consumed!: boolean;
}

export class RecordHandoutResponse {
  handoutId!: string;
  /** null when only recoverable goods were handed out: they stay in the site's account. */
  movementId!: string | null;
  handedOutAt!: string;
  lines!: HandedOutLineResponse[];
  /** People whom the allocation had not reached before. */
  peopleReached!: number;
  households!: number;
  warnings!: PriorityWarningResponse[];
}

/** Households outside the priority groups got an item while households within them wait for it at this site. */
export class PriorityWarningResponse {
  itemCode!: string;
  priorityWaiting!: number;
}

/** A household of a hand-out, masked. */
export class HandoutRecipientResponse {
  householdId!: string;
  headName!: string | null;
  peopleCount!: number;
  priority!: boolean;
  lines!: HandoutLine[];
  repeatReason!: string | null;
  /** Masked. */
  signerName!: string | null;
  signedFor!: SignedFor | null;
  hasSignatureImage!: boolean;
}

export class HandoutResponse {
  id!: string;
  siteId!: string;
  siteName!: string;
  allocationId!: string;
  movementId!: string | null;
  peopleReached!: number;
  handedOutAt!: string;
  recordedBy!: string;
  note!: string | null;
  reversed!: boolean;
  households!: number;
  lines!: HandedOutLineResponse[];
}

/** A hand-out with a page of its list and what came back of it. */
export class HandoutDetailResponse extends HandoutResponse {
  recipients!: HandoutRecipientResponse[];
  /** Returns that brought the remainder back. */
  remainderReturnIds!: string[];
}

export class HandoutsResponse {
  items!: HandoutResponse[];
  total!: number;
}
