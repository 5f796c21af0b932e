import { ApiProperty } from '@nestjs/swagger';
import { IsOptional, Matches, MaxLength } from 'class-validator';
import { REGION_CODE_PATTERN } from '@ledger/contracts';
import { PageQuery } from '@ledger/platform';
import { ITEM_CODE_PATTERN } from '../../input/patterns';

/** Whose book, and what of it. */
export class AccountQuery extends PageQuery {
  /** The region whose book it is; the caller's own when left out. */
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
  @MaxLength(12)
  @Matches(REGION_CODE_PATTERN)
  @ApiProperty({ pattern: REGION_CODE_PATTERN.source })
  counterparty?: string;
}

/** What one region owes another of an item. */
export class AccountPositionResponse {
  itemCode!: string;
  nameZh!: string;
  unit!: string;
  counterpartyRegionCode!: string;
  owedToUsBase!: number;
  owedByUsBase!: number;
  /** Above zero: the other side owes. */
  netBase!: number;
}

export class AccountResponse {
  region!: string;
  items!: AccountPositionResponse[];
  total!: number;
}

/** One line of a region's book. */
export class StatementEntryResponse {
  postedAt!: string;
  kind!: 'lent' | 'given-back' | 'settled';
  /** `owed:<lender>:<borrower>`. */
  account!: string;
  itemCode!: string;
  counterpartyRegionCode!: string;
  loanId!: string;
  loanNumber!: string;
  /** Above zero: owed to the region. */
  changeBase!: number;
  /** Of the account in this region's book, after the entry. */
  balanceBase!: number;
  /** What was paid, of a settlement. */
  amountFen!: number | null;
  recordedBy!: string;
}

export class StatementResponse {
  region!: string;
  items!: StatementEntryResponse[];
  total!: number;
}
