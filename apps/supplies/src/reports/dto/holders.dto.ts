import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsOptional, Matches, MaxLength } from 'class-validator';
import { REGION_CODE_PATTERN } from '@ledger/contracts';
import { PageQuery } from '@ledger/platform';

export const HOLDERS = ['depot', 'loan', 'transit', 'site', 'enterprise'] as const;
export type Holder = (typeof HOLDERS)[number];

/** Whose holdings to list. */
export class HoldersQuery extends PageQuery {
  /** Region code; what lies there and below, and what belongs there. The caller's own region when left out. */
  @IsOptional()
  @MaxLength(12)
  @Matches(REGION_CODE_PATTERN)
  @ApiProperty({ pattern: REGION_CODE_PATTERN.source })
  region?: string;

  @IsOptional()
  @IsIn(HOLDERS)
  holder?: Holder;
}

/** What one holder has of an item for one owner. */
export class HoldingResponse {
  /**
   * `depot` goods in store, `loan` goods in store of a region that neither owns them nor lies above or below the owner,
   * `transit` goods on the road, `site` goods in use, `enterprise` goods that an enterprise keeps under contract.
   */
  holder!: Holder;
  /** Of the depot, shipment or transfer, site, or enterprise. */
  id!: string;
  /** Depot, site or enterprise; for goods on the road the depot they left. */
  name!: string;
  code!: string | null;
  /** Where it is; for goods on the road the region they left; null for enterprises. */
  regionCode!: string | null;
  ownerRegionCode!: string;
  availableBase!: number;
  reservedBase!: number;
  /** Held, past its date, or damaged at a site. */
  quarantineBase!: number;
  quantityBase!: number;
  /** 0 for enterprises, whose lots the ledger does not know. */
  lots!: number;
}

export class HolderTotalResponse {
  holder!: Holder;
  quantityBase!: number;
}

export class HoldersResponse {
  itemCode!: string;
  nameZh!: string;
  nameEn!: string;
  unit!: string;
  region!: string;
  totals!: HolderTotalResponse[];
  items!: HoldingResponse[];
  total!: number;
}
