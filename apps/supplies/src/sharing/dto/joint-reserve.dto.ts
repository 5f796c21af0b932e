import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
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
  ValidateNested,
} from 'class-validator';
import { MAX_QUANTITY_BASE, REGION_CODE_PATTERN } from '@ledger/contracts';
import { LINE_PATTERN, PageQuery } from '@ledger/platform';
import { DAY_PATTERN, ITEM_CODE_PATTERN, MAX_AMOUNT_FEN } from '../../input/patterns';
import { DRAW_STATES, type DrawState } from '../domain/draw-state';

const BASES = ['percent', 'pieces'] as const;
const SIGNATORIES = ['stock-manager', 'approver'] as const;
const COST_KINDS = ['holding', 'rotation', 'transport', 'other'] as const;
const DECISIONS = ['approve', 'refuse'] as const;

/** A region, or a department of one, that owns a part. */
export class JointOwnerRequest {
  @MaxLength(12)
  @Matches(REGION_CODE_PATTERN)
  @ApiProperty({ pattern: REGION_CODE_PATTERN.source })
  regionCode!: string;

  @IsUUID()
  organisationId!: string;

  @IsString()
  @Length(1, 100)
  @Matches(LINE_PATTERN)
  name!: string;

  /** Per cent of the stock, or pieces of it. */
  @IsInt()
  @Min(1)
  @Max(MAX_QUANTITY_BASE)
  share!: number;

  /** The most that this owner may draw while the reserve lasts. */
  @IsInt()
  @Min(0)
  @Max(MAX_QUANTITY_BASE)
  drawLimitBase!: number;

  /** Who signs a draw, besides whoever asks for it. */
  @IsIn(SIGNATORIES)
  signedBy!: 'stock-manager' | 'approver';

  /** The owner's part of the costs; the parts of all owners sum to 100. */
  @IsInt()
  @Min(0)
  @Max(100)
  costPercent!: number;
}

/** One stock that is held jointly. */
export class CreateJointReserveRequest {
  @IsString()
  @Length(1, 60)
  @Matches(LINE_PATTERN)
  documentNumber!: string;

  @IsUUID()
  depotId!: string;

  @MaxLength(7)
  @Matches(ITEM_CODE_PATTERN)
  @ApiProperty({ pattern: ITEM_CODE_PATTERN.source })
  itemCode!: string;

  /** Shares in per cent, which sum to 100, or in pieces, which sum to the whole. */
  @IsIn(BASES)
  shareBasis!: 'percent' | 'pieces';

  @MaxLength(10)
  @Matches(DAY_PATTERN)
  @ApiProperty({ format: 'date' })
  @IsISO8601({ strict: true })
  validFrom!: string;

  @MaxLength(10)
  @Matches(DAY_PATTERN)
  @ApiProperty({ format: 'date' })
  @IsISO8601({ strict: true })
  validTo!: string;

  @IsArray()
  @ArrayMinSize(2)
  @ArrayMaxSize(50)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => JointOwnerRequest)
  owners!: JointOwnerRequest[];
}

/** Lots that lie in the depot and are held jointly from now on. */
export class PutLotsRequest {
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(200)
  @ArrayUnique()
  @IsUUID(undefined, { each: true })
  lotIds!: string[];
}

export class RequestDrawRequest {
  @IsUUID()
  ownerId!: string;

  @IsInt()
  @Min(1)
  @Max(MAX_QUANTITY_BASE)
  quantityBase!: number;

  /** A depot of the owner's region. */
  @IsUUID()
  toDepotId!: string;

  @IsString()
  @Length(1, 500)
  @Matches(LINE_PATTERN)
  reason!: string;
}

export class DecideDrawRequest {
  @IsIn(DECISIONS)
  decision!: 'approve' | 'refuse';
}

export class RecordCostRequest {
  @IsIn(COST_KINDS)
  kind!: 'holding' | 'rotation' | 'transport' | 'other';

  @IsInt()
  @Min(1)
  @Max(MAX_AMOUNT_FEN)
  amountFen!: number;

  @MaxLength(10)
  @Matches(DAY_PATTERN)
  @ApiProperty({ format: 'date' })
  @IsISO8601({ strict: true })
  periodFrom!: string;

  @MaxLength(10)
  @Matches(DAY_PATTERN)
  @ApiProperty({ format: 'date' })
  @IsISO8601({ strict: true })
  periodTo!: string;

  @IsString()
  @Length(1, 60)
  @Matches(LINE_PATTERN)
  documentNumber!: string;
}

export class JointReserveStepResponse {
  reserveId!: string;
  number!: string;
}

export class DrawStepResponse {
  drawId!: string;
  @ApiProperty({ enum: DRAW_STATES })
  state!: DrawState;
  journeyId!: string | null;
}

export class CostShareResponse {
  ownerId!: string;
  name!: string;
  amountFen!: number;
}

export class CostResponse {
  costId!: string;
  kind!: 'holding' | 'rotation' | 'transport' | 'other';
  amountFen!: number;
  periodFrom!: string;
  periodTo!: string;
  documentNumber!: string;
  /** They sum to the amount. */
  shares!: CostShareResponse[];
}

export class JointReservesQuery extends PageQuery {
  @IsOptional()
  @MaxLength(7)
  @Matches(ITEM_CODE_PATTERN)
  @ApiProperty({ pattern: ITEM_CODE_PATTERN.source })
  item?: string;
}

export class JointReserveResponse {
  reserveId!: string;
  number!: string;
  documentNumber!: string;
  depotId!: string;
  depotCode!: string;
  itemCode!: string;
  shareBasis!: 'percent' | 'pieces';
  validFrom!: string;
  validTo!: string;
}

export class JointReservesResponse {
  items!: JointReserveResponse[];
  total!: number;
}

export class JointOwnerResponse {
  ownerId!: string;
  regionCode!: string;
  name!: string;
  share!: number;
  drawLimitBase!: number;
  signedBy!: 'stock-manager' | 'approver';
  costPercent!: number;
  drawnBase!: number;
  requestedBase!: number;
  /** What of the stock is the owner's; the claims sum to the stock. */
  claimBase!: number;
  drawableBase!: number;
}

export class DrawResponse {
  drawId!: string;
  ownerId!: string;
  @ApiProperty({ enum: DRAW_STATES })
  state!: DrawState;
  quantityBase!: number;
  reason!: string;
  requestedBy!: string;
  decidedBy!: string | null;
}

export class JointReserveDetailResponse extends JointReserveResponse {
  /** 0 outside of the days on which the reserve is in force, as are all claims. */
  stockBase!: number;
  owners!: JointOwnerResponse[];
  draws!: DrawResponse[];
  costs!: CostResponse[];
}
