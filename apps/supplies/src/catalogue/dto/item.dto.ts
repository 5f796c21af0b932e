import { ApiProperty } from '@nestjs/swagger';
import { IsOptional, IsString, Length, Matches, MaxLength } from 'class-validator';
import { LINE_PATTERN, PageQuery } from '@ledger/platform';
import { ITEM_CODE_PATTERN } from '../../input/patterns';
import type { Basis } from '../domain/item-entry';

/** Which items to list. */
export class ItemsQuery extends PageQuery {
  /** Category as in the catalogue, `living_relief`. */
  @IsOptional()
  @IsString()
  @MaxLength(60)
  @Matches(LINE_PATTERN)
  category?: string;

  /** Part of the code or of a name. */
  @IsOptional()
  @IsString()
  @Length(1, 100)
  @Matches(LINE_PATTERN)
  search?: string;
}

export class ItemParam {
  @MaxLength(7)
  @Matches(ITEM_CODE_PATTERN)
  @ApiProperty({ pattern: ITEM_CODE_PATTERN.source })
  code!: string;
}

/** An item of the catalogue. */
export class ItemResponse {
  code!: string;
  nameZh!: string;
  nameEn!: string;
  category!: string;
  /** The base unit in which all quantities are counted. */
  unit!: string;
  perishable!: boolean;
  recoverable!: boolean;
  shelfLifeMonths!: number | null;
  /** How sure the shelf life is: `sourced`, `estimate` and so on; an estimate is a default, never a legal limit. */
  shelfLifeBasis!: string;
  rotationRule!: string;
  inspectEveryMonths!: number | null;
  hazardClass!: string;
  /** Of one base unit, packed. */
  weightGrams!: number;
  /** Of one base unit, packed. */
  volumeCubicCentimetres!: number;
  sizeBasis!: string;
  planReference!: string;
  /** Empty when the life is an estimate. */
  shelfLifeSource!: string;
  rotationBasis!: Basis;
  rotationSource!: string;
  sizeSource!: string;
  /** Code of GB/T 38565-2020, where a department imported and assigned one. */
  standardCode!: string | null;
  /** To be sent with the next change. */
  version!: number;
}

/** A pack of an item. */
export class PackResponse {
  id!: string;
  name!: string;
  /** Base units in one pack. */
  baseUnits!: number;
  /** The barcode number in its 14-digit form. */
  gtin!: string | null;
}

/** How much of a capability one base unit gives. */
export class CapabilityResponse {
  capabilityCode!: string;
  nameZh!: string;
  nameEn!: string;
  unit!: string;
  amountPerBase!: number;
  basis!: Basis;
  source!: string;
}

/** An item with its packs and with what it is able to do. */
export class ItemDetailResponse extends ItemResponse {
  packs!: PackResponse[];
  capabilities!: CapabilityResponse[];
  /** The item is put together from others by a recipe. */
  kit!: boolean;
}

export class ItemsResponse {
  items!: ItemResponse[];
  total!: number;
}
