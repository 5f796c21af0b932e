import { ApiProperty } from '@nestjs/swagger';
import { IsOptional, IsUUID, Matches, MaxLength } from 'class-validator';
import { REGION_CODE_PATTERN } from '@ledger/contracts';

/** What to check. */
export class IntegrityQuery {
  /** Region code; lots owned there and below. The caller's own region when left out. */
  @IsOptional()
  @MaxLength(12)
  @Matches(REGION_CODE_PATTERN)
  @ApiProperty({ pattern: REGION_CODE_PATTERN.source })
  region?: string;

  /** Also answers what is still held for this allocation. */
  @IsOptional()
  @IsUUID()
  allocationId?: string;
}

/** One rule of the ledger and how many rows break it. */
export class IntegrityCheckResponse {
  id!: string;
  title!: string;
  faults!: number;
}

/** What the ledger still holds for one allocation. */
export class HeldForAllocationResponse {
  allocationId!: string;
  reservedBase!: number;
  inTransitBase!: number;
  atSiteBase!: number;
}

export class IntegrityResponse {
  region!: string;
  checkedAt!: string;
  /** Lots that were looked at. */
  lots!: number;
  isSound!: boolean;
  checks!: IntegrityCheckResponse[];
  allocation!: HeldForAllocationResponse | null;
}
