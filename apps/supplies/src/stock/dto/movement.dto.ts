import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString, IsUUID, Length, Matches, MaxLength } from 'class-validator';
import { LINE_PATTERN, PageQuery } from '@ledger/platform';
import { ITEM_CODE_PATTERN } from '../../input/patterns';
import { MOVEMENT_KINDS, type MovementKind } from '../domain/movement-kinds';

/** Which movements to list. */
export class MovementsQuery extends PageQuery {
  @IsOptional()
  @IsIn(MOVEMENT_KINDS)
  kind?: MovementKind;

  @IsOptional()
  @IsUUID()
  depotId?: string;

  @IsOptional()
  @IsUUID()
  allocationId?: string;

  @IsOptional()
  @IsUUID()
  lotId?: string;

  @IsOptional()
  @MaxLength(7)
  @Matches(ITEM_CODE_PATTERN)
  @ApiProperty({ pattern: ITEM_CODE_PATTERN.source })
  item?: string;
}

/** Why a movement is undone. */
export class ReverseMovementRequest {
  @IsString()
  @Length(1, 500)
  @Matches(LINE_PATTERN)
  reason!: string;
}

/** One quantity of one lot that went from one account to another. */
export class PostingResponse {
  lotId!: string;
  itemCode!: string;
  batchNumber!: string;
  expiryDate!: string | null;
  from!: string;
  to!: string;
  quantityBase!: number;
  /** The allocation line it served. */
  lineId!: string | null;
}

export class MovementResponse {
  id!: string;
  /** Counts all movements of the ledger in the order in which they took effect. */
  sequence!: number;
  kind!: MovementKind;
  allocationId!: string | null;
  depotId!: string | null;
  shipmentId!: string | null;
  siteId!: string | null;
  reversesMovementId!: string | null;
  /** The movement that undid this one. */
  reversedByMovementId!: string | null;
  useOrder!: string | null;
  note!: string | null;
  recordedBy!: string;
  postedAt!: string;
}

/** A movement with those of its postings that the caller may see. */
export class MovementDetailResponse extends MovementResponse {
  postings!: PostingResponse[];
}

export class MovementsResponse {
  items!: MovementResponse[];
}

export class ReverseMovementResponse {
  movementId!: string;
  reversesMovementId!: string;
  postedAt!: string;
}
