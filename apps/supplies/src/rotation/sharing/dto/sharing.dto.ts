import { ApiProperty } from '@nestjs/swagger';
import {
  IsISO8601,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  IsUUID,
  Length,
  Matches,
  Max,
  MaxLength,
  Min,
} from 'class-validator';
import { MAX_QUANTITY_BASE, REGION_CODE_PATTERN } from '@ledger/contracts';
import { LINE_PATTERN, PageQuery } from '@ledger/platform';
import { DAY_PATTERN, ITEM_CODE_PATTERN } from '../../../input/patterns';
import { PURPOSES, type Purpose } from '../domain/match';

/** Goods that a place will use on days to come, and that may be near the end of their life. */
export class DeclareDemandRequest {
  /** Where the goods are to come. */
  @IsUUID()
  depotId!: string;

  @MaxLength(7)
  @Matches(ITEM_CODE_PATTERN)
  @ApiProperty({ pattern: ITEM_CODE_PATTERN.source })
  itemCode!: string;

  /** `consumption` is spread evenly over its time; the others need their goods at its beginning. */
  @IsIn(PURPOSES)
  purpose!: Purpose;

  @IsInt()
  @Min(1)
  @Max(MAX_QUANTITY_BASE)
  quantityBase!: number;

  /** Today or later. */
  @MaxLength(10)
  @Matches(DAY_PATTERN)
  @ApiProperty({ format: 'date' })
  @IsISO8601({ strict: true })
  neededFrom!: string;

  /** The last day on which the goods are used. */
  @MaxLength(10)
  @Matches(DAY_PATTERN)
  @ApiProperty({ format: 'date' })
  @IsISO8601({ strict: true })
  neededUntil!: string;

  @IsOptional()
  @IsString()
  @Length(1, 500)
  @Matches(LINE_PATTERN)
  note?: string;
}

export class DemandStateResponse {
  demandId!: string;
  state!: 'open' | 'met' | 'withdrawn';
}

export class SharedGoodsQuery extends PageQuery {
  /** Region of the depots, with all below; everywhere when left out, because offers and demands are for others. */
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
}

export class DemandResponse {
  id!: string;
  depotId!: string;
  depotCode!: string;
  regionCode!: string;
  itemCode!: string;
  nameZh!: string;
  unit!: string;
  purpose!: Purpose;
  quantityBase!: number;
  takenBase!: number;
  neededFrom!: string;
  neededUntil!: string;
  state!: 'open' | 'met' | 'withdrawn';
  note!: string | null;
  declaredBy!: string;
}

export class DemandsResponse {
  items!: DemandResponse[];
  total!: number;
}

/** Pieces of a lot that its place offers to others. */
export class OfferGoodsRequest {
  @IsUUID()
  depotId!: string;

  @IsUUID()
  lotId!: string;

  @IsInt()
  @Min(1)
  @Max(MAX_QUANTITY_BASE)
  quantityBase!: number;

  /** The last day on which others may take them. */
  @MaxLength(10)
  @Matches(DAY_PATTERN)
  @ApiProperty({ format: 'date' })
  @IsISO8601({ strict: true })
  offeredUntil!: string;

  @IsOptional()
  @IsString()
  @Length(1, 500)
  @Matches(LINE_PATTERN)
  note?: string;
}

export class OfferStateResponse {
  offerId!: string;
  state!: 'open' | 'taken' | 'withdrawn';
}

export class AcceptanceResponse {
  id!: string;
  depotCode!: string;
  quantityBase!: number;
  arrivesOn!: string;
  state!: 'accepted' | 'transferred' | 'fallen-through';
  transferId!: string | null;
  demandId!: string | null;
  acceptedBy!: string;
}

/** An offer, as everybody may see it. */
export class OfferResponse {
  id!: string;
  depotId!: string;
  depotCode!: string;
  regionCode!: string;
  lotId!: string;
  batchNumber!: string;
  itemCode!: string;
  nameZh!: string;
  unit!: string;
  quantityBase!: number;
  takenBase!: number;
  /** The date on the goods; null when their life is counted. */
  expiryDate!: string | null;
  offeredUntil!: string;
  state!: 'open' | 'taken' | 'withdrawn';
  note!: string | null;
  orderId!: string | null;
  acceptances!: AcceptanceResponse[];
}

export class OffersResponse {
  items!: OfferResponse[];
  total!: number;
}

/** Pieces of an offer that another place takes. */
export class AcceptOfferRequest {
  /** The depot of the caller that receives them. */
  @IsUUID()
  depotId!: string;

  @IsInt()
  @Min(1)
  @Max(MAX_QUANTITY_BASE)
  quantityBase!: number;

  /** The declared demand that they are for. */
  @IsOptional()
  @IsUUID()
  demandId?: string;
}

export class AcceptedResponse {
  acceptanceId!: string;
  offerId!: string;
  quantityBase!: number;
  /** An estimate, from distance and tiers. */
  arrivesOn!: string;
  /** Days of life left on the day of arrival. */
  lifeLeftDays!: number;
  /** The transfer that brings them. */
  transferId!: string | null;
}

export class MatchesQuery {
  /** `give`: what dies in the own region and who could use it; `take`: what others offer for the own demands. */
  @IsOptional()
  @IsIn(['give', 'take'])
  side?: 'give' | 'take' = 'give';

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
}

/** Goods that would go from one place to another instead of being wasted. */
export class MatchResponse {
  fromDepotId!: string;
  fromDepotCode!: string;
  lotId!: string;
  batchNumber!: string;
  itemCode!: string;
  /** The open offer, if they are offered already. */
  offerId!: string | null;
  demandId!: string;
  toDepotId!: string;
  toDepotCode!: string;
  purpose!: Purpose;
  quantityBase!: number;
  arrivesOn!: string;
  lifeLeftDays!: number;
  /** What buying them would cost; null without a price. */
  savedFen!: number | null;
  /** Why, in a sentence for the people who have to agree. */
  sentence!: string;
}

export class MatchesResponse {
  day!: string;
  items!: MatchResponse[];
  /** Pieces that would not be wasted. */
  savedBase!: number;
  /** Their worth, without those that have no price. */
  savedFen!: number;
  /** False when there was more to look at than one answer takes. */
  complete!: boolean;
}

export class FallenThroughResponse {
  acceptanceId!: string;
  state!: 'fallen-through';
}
