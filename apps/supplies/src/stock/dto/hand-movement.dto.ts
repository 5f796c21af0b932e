import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsIn,
  IsInt,
  IsObject,
  IsOptional,
  IsString,
  IsUUID,
  Length,
  Matches,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { MAX_QUANTITY_BASE } from '@ledger/contracts';
import { LINE_PATTERN } from '@ledger/platform';
import { HAND_KINDS, type HandKind } from '../domain/hand-movements';

/** So much of one lot. */
export class HandMovementLine {
  @IsUUID()
  lotId!: string;

  @IsInt()
  @Min(1)
  @Max(MAX_QUANTITY_BASE)
  quantityBase!: number;
}

/** A movement that a keeper enters by hand. */
export class RecordMovementRequest {
  /** `receipt`: more of a known lot came in; `use`: taken for peacetime use; `quarantine`: put aside, with a note. */
  @IsIn(HAND_KINDS)
  kind!: HandKind;

  @IsUUID()
  depotId!: string;

  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(100)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => HandMovementLine)
  lines!: HandMovementLine[];

  @IsOptional()
  @IsString()
  @Length(1, 500)
  @Matches(LINE_PATTERN)
  note?: string;
}

/** Movements that take effect together, in their order, or not at all. */
export class RecordMovementsRequest {
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(100)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => RecordMovementRequest)
  movements!: RecordMovementRequest[];
}

export class RecordedMovementResponse {
  movementId!: string;
  sequence!: number;
  postedAt!: string;
}

export class RecordedMovementsResponse {
  /** One per movement of the request, in its order. */
  movements!: RecordedMovementResponse[];
}
