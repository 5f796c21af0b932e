import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsISO8601,
  IsInt,
  IsObject,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import { MAX_QUANTITY_BASE } from '@ledger/contracts';
import { DAY_PATTERN, ITEM_CODE_PATTERN } from '../../input/patterns';
import type { Basis } from '../domain/basis';
import { SourceRequest } from './rule.dto';

/** What a depot has to keep of one item from a day on. */
export class FloorLine {
  @MaxLength(7)
  @Matches(ITEM_CODE_PATTERN)
  @ApiProperty({ pattern: ITEM_CODE_PATTERN.source })
  itemCode!: string;

  /** 0 ends a floor. */
  @IsInt()
  @Min(0)
  @Max(MAX_QUANTITY_BASE)
  floorBase!: number;

  @MaxLength(10)
  @Matches(DAY_PATTERN)
  @ApiProperty({ format: 'date' })
  @IsISO8601({ strict: true })
  validFrom!: string;
}

export class SetFloorsRequest extends SourceRequest {
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(200)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => FloorLine)
  floors!: FloorLine[];
}

/** A floor as it stands from a day on, standards for a time included. */
export class FloorResponse {
  itemCode!: string;
  validFrom!: string;
  floorBase!: number;
  basis!: string;
}

export class SetFloorsResponse {
  depotId!: string;
  /** The course of the floors that were changed, from today on. */
  floors!: FloorResponse[];
}

/** One entry of a floor: who set it, when, and where it comes from. */
export class FloorChangeResponse {
  itemCode!: string;
  validFrom!: string;
  floorBase!: number;
  source!: string;
  basis!: Basis;
  setBy!: string;
  setAt!: string;
}

/** What a depot may not give away of an item today. */
export class FloorInForceResponse {
  itemCode!: string;
  /** Its reserve standard. */
  standingBase!: number;
  /** What standards for an event, a season or a special need add. */
  temporaryBase!: number;
  floorBase!: number;
  /** What lies there free, issuable today. */
  freeBase!: number;
}

export class FloorChangesResponse {
  inForce!: FloorInForceResponse[];
  items!: FloorChangeResponse[];
  total!: number;
}
