import { IsOptional, IsUUID } from 'class-validator';
import { PageQuery } from '@ledger/platform';
import { IsCount, IsDay, IsItemCode, IsLine, IsRegionCode } from './fields';

/** What names an entry of the capacity list. */
class CapacityEntryKey {
  @IsUUID()
  enterpriseOrganisationId!: string;

  @IsItemCode()
  itemCode!: string;

  @IsRegionCode()
  regionCode!: string;

  /** From what day on; today when left out, never in the future. */
  @IsOptional()
  @IsDay()
  effectiveOn?: string;

  @IsLine(500)
  reason!: string;

  /** The paper or survey behind it. */
  @IsLine(200)
  source!: string;
}

export class EnterCapacityRequest extends CapacityEntryKey {
  @IsLine(200)
  enterpriseName!: string;

  /** Pieces a day, as surveyed. */
  @IsCount(1)
  ratePerDay!: number;
}

export class RemoveCapacityRequest extends CapacityEntryKey {}

export class CapacityChangeResponse {
  changeId!: string;
  change!: 'entered' | 'removed';
  effectiveOn!: string;
}

/** Which part of the capacity list to answer. */
export class CapacityListQuery extends PageQuery {
  /** Region code; the region and everything below it. The caller's own region when left out. */
  @IsOptional()
  @IsRegionCode()
  region?: string;

  @IsOptional()
  @IsItemCode()
  item?: string;
}

export class CapacityListOnDayQuery extends CapacityListQuery {
  /** A past day in China; today when left out. */
  @IsOptional()
  @IsDay()
  asOf?: string;
}

/** An entry of the list as it stands on a day. */
export class CapacityEntryResponse {
  enterpriseOrganisationId!: string;
  enterpriseName!: string;
  itemCode!: string;
  regionCode!: string;
  ratePerDay!: number;
  /** Since when it is on the list. */
  since!: string;
  reason!: string;
  source!: string;
  contractId!: string | null;
}

export class CapacityListResponse {
  asOf!: string;
  items!: CapacityEntryResponse[];
  total!: number;
}

/** An entry into the list or a removal from it. */
export class CapacityChangeRecordResponse {
  change!: 'entered' | 'removed';
  enterpriseOrganisationId!: string;
  enterpriseName!: string;
  itemCode!: string;
  regionCode!: string;
  ratePerDay!: number | null;
  effectiveOn!: string;
  reason!: string;
  source!: string;
  contractId!: string | null;
  recordedBy!: string;
  recordedAt!: string;
}

export class CapacityChangesResponse {
  items!: CapacityChangeRecordResponse[];
  total!: number;
}
