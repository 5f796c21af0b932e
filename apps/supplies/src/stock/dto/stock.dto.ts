import { ApiProperty } from '@nestjs/swagger';
import { IsISO8601, IsIn, IsOptional, IsUUID, Matches, MaxLength } from 'class-validator';
import { REGION_CODE_PATTERN } from '@ledger/contracts';
import { PageQuery } from '@ledger/platform';
import { INSTANT_PATTERN, ITEM_CODE_PATTERN } from '../../input/patterns';

const ROLL_UPS = ['item', 'depot', 'lot'] as const;

/** Which stock to add up, and how finely. */
export class StockQuery extends PageQuery {
  /** Region code; the region and everything below it. The caller's own region when left out. */
  @IsOptional()
  @MaxLength(12)
  @Matches(REGION_CODE_PATTERN)
  @ApiProperty({ pattern: REGION_CODE_PATTERN.source })
  region?: string;

  @IsOptional()
  @MaxLength(7)
  @Matches(ITEM_CODE_PATTERN)
  @ApiProperty({ pattern: ITEM_CODE_PATTERN.source })
  item?: string;

  @IsOptional()
  @IsUUID()
  depotId?: string;

  /** One row per item, per item and depot, or per item, depot and lot. */
  @IsOptional()
  @IsIn(ROLL_UPS)
  by?: 'item' | 'depot' | 'lot' = 'item';

  /**
   * A past instant: the answer is made from the postings up to then. Movements of the last seconds before the call may
   * still be on their way into the ledger.
   */
  @IsOptional()
  @MaxLength(35)
  @Matches(INSTANT_PATTERN)
  @ApiProperty({ format: 'date-time' })
  @IsISO8601({ strict: true })
  asOf?: string;
}

/** Stock in the store; what is on the road or at a site is not in it. */
export class StockRowResponse {
  itemCode!: string;
  nameZh!: string;
  nameEn!: string;
  unit!: string;
  depotId!: string | null;
  depotCode!: string | null;
  regionCode!: string | null;
  lotId!: string | null;
  batchNumber!: string | null;
  expiryDate!: string | null;
  availableBase!: number;
  reservedBase!: number;
  quarantineBase!: number;
}

export class StockResponse {
  /** The instant the figures are true for. */
  asOf!: string;
  region!: string;
  items!: StockRowResponse[];
  total!: number;
}
