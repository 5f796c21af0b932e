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
  ValidateNested,
} from 'class-validator';
import { MAX_QUANTITY_BASE } from '@ledger/contracts';
import { LINE_PATTERN } from '@ledger/platform';
import { DAY_PATTERN, ITEM_CODE_PATTERN } from '../../input/patterns';
import { UNMET_REASONS, type UnmetReason } from '../../standards/domain/purchase-need';
import { ORDER_KINDS, type OrderKind } from './order.dto';

/** What has to be bought, and why. */
export class NeedRequest {
  @MaxLength(7)
  @Matches(ITEM_CODE_PATTERN)
  @ApiProperty({ pattern: ITEM_CODE_PATTERN.source })
  itemCode!: string;

  @IsInt()
  @Min(1)
  @Max(MAX_QUANTITY_BASE)
  quantityBase!: number;

  @IsUUID()
  depotId!: string;

  /** The day by which the goods have to be there; left out when nothing presses. */
  @IsOptional()
  @MaxLength(10)
  @Matches(DAY_PATTERN)
  @ApiProperty({ format: 'date' })
  @IsISO8601({ strict: true })
  neededBy?: string;

  @IsString()
  @Length(1, 500)
  @Matches(LINE_PATTERN)
  reason!: string;
}

/** Needs to be turned into draft orders under framework agreements. */
export class DraftFromNeedsRequest {
  @IsIn(ORDER_KINDS)
  kind: OrderKind = 'ordinary';

  /** The season or forecast that an advance purchase is made for. */
  @IsOptional()
  @IsString()
  @Length(1, 200)
  @Matches(LINE_PATTERN)
  season?: string;

  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(200)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => NeedRequest)
  needs!: NeedRequest[];
}

export class DraftedLineResponse {
  itemCode!: string;
  /** What was needed. */
  neededBase!: number;
  /** What is drafted: whole packs, at least the minimum of the agreement. */
  quantityBase!: number;
  unitPriceFen!: number;
  packBase!: number;
  amountFen!: number;
  need!: string;
  /** Why this agreement was chosen. */
  reasoning!: string;
}

export class DraftedOrderResponse {
  orderId!: string;
  number!: string;
  frameworkId!: string;
  documentNumber!: string;
  supplierName!: string;
  depotId!: string;
  leadTimeDays!: number;
  amountFen!: number;
  lines!: DraftedLineResponse[];
}

export class UnmetNeedResponse {
  itemCode!: string;
  depotId!: string;
  quantityBase!: number;
  @ApiProperty({ enum: UNMET_REASONS })
  why!: UnmetReason;
  need!: string;
  reasoning!: string;
}

export class DraftFromNeedsResponse {
  orders!: DraftedOrderResponse[];
  unmet!: UnmetNeedResponse[];
}
