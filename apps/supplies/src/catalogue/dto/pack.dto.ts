import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, IsString, IsUUID, Length, Matches, Max, MaxLength, Min } from 'class-validator';
import { MAX_QUANTITY_BASE } from '@ledger/contracts';
import { LINE_PATTERN } from '@ledger/platform';
import { ITEM_CODE_PATTERN } from '../../input/patterns';
import { PackResponse } from './item.dto';

/** A new pack of an item. */
export class AddPackRequest {
  /** As people call it: `箱`, `托盘`. */
  @IsString()
  @Length(1, 60)
  @Matches(LINE_PATTERN)
  name!: string;

  /** Base units in one pack; another content is another pack. */
  @IsInt()
  @Min(1)
  @Max(1_000_000)
  baseUnits!: number;

  /** The barcode number on the pack: 8, 12, 13 or 14 digits with their check digit. */
  @IsOptional()
  @IsString()
  @MaxLength(14)
  @Matches(/^\d*$/)
  gtin?: string;
}

export class PackParam {
  @MaxLength(7)
  @Matches(ITEM_CODE_PATTERN)
  @ApiProperty({ pattern: ITEM_CODE_PATTERN.source })
  code!: string;

  @IsUUID()
  packId!: string;
}

export class RetiredPackResponse {
  id!: string;
}

/** What was scanned. */
export class GtinParam {
  @IsString()
  @MaxLength(14)
  @Matches(/^\d+$/)
  gtin!: string;
}

/** The pack behind a barcode number. */
export class ScannedPackResponse extends PackResponse {
  itemCode!: string;
  nameZh!: string;
  nameEn!: string;
  unit!: string;
}

/** A quantity to convert: either base units, or a number of packs. */
export class PackQuantityQuery {
  @IsOptional()
  @ApiProperty({ type: 'integer', minimum: 0, maximum: MAX_QUANTITY_BASE, required: false })
  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(MAX_QUANTITY_BASE)
  quantityBase?: number;

  @IsOptional()
  @IsUUID()
  packId?: string;

  /** Number of packs; with `packId`. */
  @IsOptional()
  @ApiProperty({ type: 'integer', minimum: 0, maximum: MAX_QUANTITY_BASE, required: false })
  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(MAX_QUANTITY_BASE)
  count?: number;
}

export class PackCountResponse {
  packId!: string;
  name!: string;
  baseUnits!: number;
  count!: number;
}

/** A quantity in base units, and the same in whole packs, the largest first. */
export class PackQuantityResponse {
  itemCode!: string;
  unit!: string;
  quantityBase!: number;
  packs!: PackCountResponse[];
  /** What fills no pack. */
  looseBase!: number;
}
