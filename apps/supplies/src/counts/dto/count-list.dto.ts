import { ApiProperty } from '@nestjs/swagger';
import { IsISO8601, IsIn, IsOptional, IsUUID, Matches, MaxLength } from 'class-validator';
import { REGION_CODE_PATTERN } from '@ledger/contracts';
import { PageQuery } from '@ledger/platform';
import { DAY_PATTERN, ITEM_CODE_PATTERN } from '../../input/patterns';
import { COUNT_STATES, type CountEvent, type CountState } from '../domain/count-state';
import type { CountClass } from '../domain/tolerance';

const ACCURACY_LEVELS = ['depot', 'item', 'depot-item'] as const;

/** A region and what lies below it. */
export class RegionPageQuery extends PageQuery {
  /** Region code; the region and everything below it. The caller's own region when left out. */
  @IsOptional()
  @MaxLength(12)
  @Matches(REGION_CODE_PATTERN)
  @ApiProperty({ pattern: REGION_CODE_PATTERN.source })
  region?: string;

  @IsOptional()
  @IsUUID()
  depotId?: string;
}

/** Which counts to list. */
export class CountsQuery extends RegionPageQuery {
  @IsOptional()
  @IsIn(COUNT_STATES)
  state?: CountState;
}

/** Which counts to measure, and how finely. */
export class CountAccuracyQuery extends RegionPageQuery {
  @IsOptional()
  @MaxLength(7)
  @Matches(ITEM_CODE_PATTERN)
  @ApiProperty({ pattern: ITEM_CODE_PATTERN.source })
  item?: string;

  /** First day on which a count was closed. */
  @IsOptional()
  @MaxLength(10)
  @Matches(DAY_PATTERN)
  @ApiProperty({ format: 'date' })
  @IsISO8601({ strict: true })
  from?: string;

  /** Last day on which a count was closed. */
  @IsOptional()
  @MaxLength(10)
  @Matches(DAY_PATTERN)
  @ApiProperty({ format: 'date' })
  @IsISO8601({ strict: true })
  to?: string;

  @IsOptional()
  @IsIn(ACCURACY_LEVELS)
  by?: 'depot' | 'item' | 'depot-item' = 'depot';
}

/** A count without its lines. */
export class CountResponse {
  id!: string;
  number!: number;
  kind!: 'cycle' | 'full';
  depotId!: string;
  depotCode!: string;
  depotNameZh!: string;
  state!: CountState;
  blind!: boolean;
  /** Counts the times that lines were asked for. */
  round!: number;
  note!: string | null;
  openedAt!: string;
  /** The last movement of the ledger when the count was opened. */
  openedSequence!: number;
  openedBy!: string;
  submittedAt!: string | null;
  submittedBy!: string | null;
  closedAt!: string | null;
  lines!: number;
  countedLines!: number;
}

export class CountsResponse {
  items!: CountResponse[];
  total!: number;
}

/** One line; what the caller may not see yet, or never, is null. */
export class CountLineResponse {
  id!: string;
  position!: number;
  /** `shelf` holds free and promised pieces together. */
  place!: 'shelf' | 'quarantine';
  origin!: 'listed' | 'found';
  lotId!: string | null;
  itemCode!: string;
  nameZh!: string;
  unit!: string;
  batchNumber!: string;
  expiryDate!: string | null;
  /** Labels of the bins in which the lot is noted to lie. */
  bins!: string | null;
  state!: 'open' | 'partial' | 'counted';
  round!: number;
  countedBase!: number | null;
  countedAt!: string | null;
  /** What the ledger said when the count was opened. */
  expectedBase!: number | null;
  /** What the ledger said at the moment of counting. */
  balanceBase!: number | null;
  varianceBase!: number | null;
  /** What the approval changed in the books. */
  adjustedBase!: number | null;
  /** Pieces that are missing among promised ones: they stay promised, and somebody has to look for them. */
  missingReservedBase!: number | null;
  movementId!: string | null;
}

/** One change of state. */
export class CountDecisionResponse {
  event!: CountEvent;
  state!: CountState;
  lines!: number;
  reason!: string | null;
  decidedBy!: string;
  decidedAt!: string;
}

export class CountDetailResponse extends CountResponse {
  /** False while expected quantities are hidden from the caller. */
  revealed!: boolean;
  /** In the order of the list; a page of them. */
  lineItems!: CountLineResponse[];
  decisions!: CountDecisionResponse[];
}

/** An item whose count is due in a depot. */
export class DueCountResponse {
  depotId!: string;
  depotCode!: string;
  itemCode!: string;
  nameZh!: string;
  class!: CountClass;
  intervalDays!: number;
  /** When the lot that waits longest was last counted, or came into the ledger. */
  lastDay!: string;
  dueDay!: string;
  lots!: number;
}

export class DueCountsResponse {
  items!: DueCountResponse[];
  total!: number;
}

export class CountAccuracyRowResponse {
  depotId!: string | null;
  depotCode!: string | null;
  itemCode!: string | null;
  nameZh!: string | null;
  counts!: number;
  lines!: number;
  /** Lines that were found as the books say. */
  exactLines!: number;
  /** In per cent with two decimals, rounded down. */
  accuracyPercent!: number | null;
  /** Pieces that were counted too much and too little, added up apart. */
  surplusBase!: number;
  missingBase!: number;
}

export class CountAccuracyResponse {
  items!: CountAccuracyRowResponse[];
  total!: number;
}
