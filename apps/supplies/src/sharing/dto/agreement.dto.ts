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
  Length,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import { MAX_CURVE_HOURS, MAX_QUANTITY_BASE, REGION_CODE_PATTERN } from '@ledger/contracts';
import { LINE_PATTERN, PageQuery } from '@ledger/platform';
import { CATEGORY_PATTERN, DAY_PATTERN, ITEM_CODE_PATTERN } from '../../input/patterns';
import {
  AGREEMENT_EVENTS,
  AGREEMENT_STATES,
  type AgreementEvent,
  type AgreementState,
} from '../domain/agreement-state';

const REPLACEMENTS = ['kind', 'money', 'either'] as const;
const DISCLOSURES = ['quantities', 'depots'] as const;
/** Ten million yuan for one piece is a slip of the keyboard. */
export const MAX_PIECE_FEN = 1_000_000_000;

/** What one side gives of an item, or of every item of a category. */
export class AgreementLineRequest {
  /** The side that gives: one of the two regions. */
  @MaxLength(12)
  @Matches(REGION_CODE_PATTERN)
  @ApiProperty({ pattern: REGION_CODE_PATTERN.source })
  giverRegionCode!: string;

  @IsOptional()
  @MaxLength(7)
  @Matches(ITEM_CODE_PATTERN)
  @ApiProperty({ pattern: ITEM_CODE_PATTERN.source })
  itemCode?: string;

  @IsOptional()
  @MaxLength(60)
  @Matches(CATEGORY_PATTERN)
  @ApiProperty({ pattern: CATEGORY_PATTERN.source })
  category?: string;

  /** Of what lies above the floors of the giver's depots. */
  @IsInt()
  @Min(1)
  @Max(100)
  sharePercent!: number;

  /** The most that may be out at one time. */
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(MAX_QUANTITY_BASE)
  maxBase?: number;

  /** Hours from the request to the hand-over. */
  @IsInt()
  @Min(0)
  @Max(MAX_CURVE_HOURS)
  responseHours!: number;

  /** For the use, in fen per piece and day. */
  @IsInt()
  @Min(0)
  @Max(MAX_PIECE_FEN)
  feeFen: number = 0;

  /** What stands in for pieces that do not come back: pieces of the same item, money, or either. */
  @IsIn(REPLACEMENTS)
  replacement!: 'kind' | 'money' | 'either';

  /** The agreed price of a piece that does not come back, in fen. */
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(MAX_PIECE_FEN)
  piecePriceFen?: number;
}

/** An agreement as one side writes it; it binds nobody before both have signed. */
export class DraftAgreementRequest {
  @IsString()
  @Length(1, 60)
  @Matches(LINE_PATTERN)
  documentNumber!: string;

  /** The side that writes and offers it. */
  @MaxLength(12)
  @Matches(REGION_CODE_PATTERN)
  @ApiProperty({ pattern: REGION_CODE_PATTERN.source })
  offeringRegionCode!: string;

  @MaxLength(12)
  @Matches(REGION_CODE_PATTERN)
  @ApiProperty({ pattern: REGION_CODE_PATTERN.source })
  answeringRegionCode!: string;

  @MaxLength(10)
  @Matches(DAY_PATTERN)
  @ApiProperty({ format: 'date' })
  @IsISO8601({ strict: true })
  validFrom!: string;

  /** The last day on which something may be asked for. */
  @MaxLength(10)
  @Matches(DAY_PATTERN)
  @ApiProperty({ format: 'date' })
  @IsISO8601({ strict: true })
  validTo!: string;

  /** What is lent is due back so many days after it left. */
  @IsInt()
  @Min(1)
  @Max(3650)
  loanDays!: number;

  /** Whether the other side is told in which depots the goods lie. */
  @IsIn(DISCLOSURES)
  discloses: 'quantities' | 'depots' = 'quantities';

  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(200)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => AgreementLineRequest)
  lines!: AgreementLineRequest[];
}

/** A step in the life of an agreement. */
export class ChangeAgreementRequest {
  @IsIn(AGREEMENT_EVENTS)
  event!: AgreementEvent;

  /** Needed to decline, to suspend and to end. */
  @IsOptional()
  @IsString()
  @Length(1, 500)
  @Matches(LINE_PATTERN)
  reason?: string;
}

export class AgreementStepResponse {
  agreementId!: string;
  number!: string;
  @ApiProperty({ enum: AGREEMENT_STATES })
  state!: AgreementState;
}

export class AgreementsQuery extends PageQuery {
  @IsOptional()
  @IsIn(AGREEMENT_STATES)
  state?: AgreementState;
}

export class AgreementResponse {
  agreementId!: string;
  number!: string;
  documentNumber!: string;
  @ApiProperty({ enum: AGREEMENT_STATES })
  state!: AgreementState;
  offeringRegionCode!: string;
  answeringRegionCode!: string;
  validFrom!: string;
  validTo!: string;
  loanDays!: number;
  discloses!: 'quantities' | 'depots';
  draftedBy!: string;
  offeredBy!: string | null;
  offeredAt!: string | null;
  acceptedBy!: string | null;
  acceptedAt!: string | null;
}

export class AgreementsResponse {
  items!: AgreementResponse[];
  total!: number;
}

export class AgreementLineResponse {
  lineId!: string;
  giverRegionCode!: string;
  itemCode!: string | null;
  category!: string | null;
  sharePercent!: number;
  maxBase!: number | null;
  responseHours!: number;
  feeFen!: number;
  replacement!: 'kind' | 'money' | 'either';
  piecePriceFen!: number | null;
}

export class AgreementChangeResponse {
  event!: string;
  state!: string;
  reason!: string | null;
  recordedBy!: string;
  recordedRegionCode!: string;
  recordedAt!: string;
}

export class AgreementDetailResponse extends AgreementResponse {
  lines!: AgreementLineResponse[];
  changes!: AgreementChangeResponse[];
}
