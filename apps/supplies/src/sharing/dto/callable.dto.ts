import { ApiProperty } from '@nestjs/swagger';
import { IsOptional, Matches, MaxLength } from 'class-validator';
import { REGION_CODE_PATTERN } from '@ledger/contracts';
import { ITEM_CODE_PATTERN } from '../../input/patterns';

/** What a region asks its neighbours. */
export class ShareableQuery {
  @MaxLength(7)
  @Matches(ITEM_CODE_PATTERN)
  @ApiProperty({ pattern: ITEM_CODE_PATTERN.source })
  item!: string;

  /** The region that would borrow; the caller's own when left out. */
  @IsOptional()
  @MaxLength(12)
  @Matches(REGION_CODE_PATTERN)
  @ApiProperty({ pattern: REGION_CODE_PATTERN.source })
  region?: string;
}

/** Only where the agreement says so. */
export class DisclosedDepotResponse {
  regionCode!: string;
  name!: string;
}

/** What one neighbour gives under one agreement: a quantity and its terms, no lots. */
export class ShareableResponse {
  agreementId!: string;
  documentNumber!: string;
  giverRegionCode!: string;
  takerRegionCode!: string;
  callableBase!: number;
  responseHours!: number;
  loanDays!: number;
  feeFen!: number;
  replacement!: 'kind' | 'money' | 'either';
  piecePriceFen!: number | null;
  depots!: DisclosedDepotResponse[] | null;
}

export class ShareablesResponse {
  itemCode!: string;
  items!: ShareableResponse[];
}
