import { ApiProperty } from '@nestjs/swagger';
import { IsISO8601, IsIn, IsInt, IsOptional, IsString, Length, Matches, Max, MaxLength, Min } from 'class-validator';
import { LINE_PATTERN, PageQuery } from '@ledger/platform';
import { DAY_PATTERN, ITEM_CODE_PATTERN } from '../../../input/patterns';

const BASES = ['sourced', 'estimate'] as const;
const MAX_RATE = 1_000_000;

/** What 1,000 people need of an item. */
export class SetDemandRateRequest {
  @MaxLength(7)
  @Matches(ITEM_CODE_PATTERN)
  @ApiProperty({ pattern: ITEM_CODE_PATTERN.source })
  itemCode!: string;

  /** Today or later. */
  @MaxLength(10)
  @Matches(DAY_PATTERN)
  @ApiProperty({ format: 'date' })
  @IsISO8601({ strict: true })
  validFrom!: string;

  /** For 1,000 people, once. */
  @IsInt()
  @Min(0)
  @Max(MAX_RATE)
  oncePerThousandBase!: number;

  /** For 1,000 people and day. */
  @IsInt()
  @Min(0)
  @Max(MAX_RATE)
  dailyPerThousandBase!: number;

  @IsIn(BASES)
  basis!: 'sourced' | 'estimate';

  /** The paper that says so, or why it is estimated like this. */
  @IsString()
  @Length(1, 300)
  @Matches(LINE_PATTERN)
  source!: string;
}

/** Which rates to list. */
export class DemandRatesQuery extends PageQuery {
  @IsOptional()
  @MaxLength(7)
  @Matches(ITEM_CODE_PATTERN)
  @ApiProperty({ pattern: ITEM_CODE_PATTERN.source })
  item?: string;
}

export class DemandRateResponse {
  itemCode!: string;
  validFrom!: string;
  oncePerThousandBase!: number;
  dailyPerThousandBase!: number;
  basis!: 'sourced' | 'estimate';
  source!: string;
  setBy!: string;
  /** The one that is used today. */
  inForce!: boolean;
}

export class DemandRatesResponse {
  items!: DemandRateResponse[];
  total!: number;
}
