import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsOptional, IsUUID, Matches, MaxLength } from 'class-validator';
import { REGION_CODE_PATTERN } from '@ledger/contracts';
import { PageQuery } from '@ledger/platform';
import { ApprovalResponse } from '../../approvals/dto/approval.dto';
import { DONATION_STATES, type DonationState } from '../domain/donation-state';
import { PURPOSE_KINDS, type PurposeKind } from '../domain/purpose';
import type { RefusalReason } from './donation-intake.dto';

/** Which donations to list. */
export class DonationsQuery extends PageQuery {
  /** Region code; the region and everything below it. The caller's own region when left out. */
  @IsOptional()
  @MaxLength(12)
  @Matches(REGION_CODE_PATTERN)
  @ApiProperty({ pattern: REGION_CODE_PATTERN.source })
  region?: string;

  @IsOptional()
  @IsIn(DONATION_STATES)
  state?: DonationState;

  @IsOptional()
  @IsUUID()
  depotId?: string;
}

export class PurposeResponse {
  @ApiProperty({ enum: PURPOSE_KINDS })
  kind!: PurposeKind;
  regionCode!: string | null;
  incidentId!: string | null;
  group!: string | null;
}

/** A donation in a list; it never says who gave. */
export class DonationResponse {
  donationId!: string;
  number!: string;
  state!: DonationState;
  depotId!: string;
  depotCode!: string;
  regionCode!: string;
  purpose!: PurposeResponse;
  moneyFen!: number | null;
  /** It came in before anybody signed. */
  actedFirst!: boolean;
  recordedBy!: string;
  recordedAt!: string;
  acceptedAt!: string | null;
  endReason!: string | null;
  certificateNumber!: string | null;
}

export class DonationsResponse {
  items!: DonationResponse[];
  total!: number;
}

/** Who gave, as far as the caller needs to know. */
export class DonorResponse {
  kind!: 'person' | 'organisation';
  anonymous!: boolean;
  /** Masked for those who do not decide on donations; null when it is not known. */
  name!: string | null;
  phone!: string | null;
  address!: string | null;
  publishName!: boolean;
  masked!: boolean;
}

export class DonationLineResponse {
  lineId!: string;
  itemCode!: string;
  nameZh!: string;
  unit!: string;
  declaredBase!: number;
  valueFen!: number;
  decision!: 'open' | 'accepted' | 'refused';
  refusalReason!: RefusalReason | null;
  refusalNote!: string | null;
  receivedBase!: number;
  lotId!: string | null;
  batchNumber!: string | null;
  /** The goods may only go where the purpose allows. */
  bound!: boolean;
}

/** Goods that were given out for their purpose, straight from the depot. */
export class DonationAllocationResponse {
  allocationId!: string;
  lineId!: string;
  movementId!: string;
  quantityBase!: number;
  regionCode!: string;
  incidentId!: string | null;
  group!: string | null;
  receiver!: string;
  allocatedAt!: string;
  recordedBy!: string;
  /** It was undone later and does not count. */
  undone!: boolean;
}

export class DonationDetailResponse extends DonationResponse {
  /** To be printed on the certificate; shown to those who may see the donor. */
  traceCode!: string | null;
  donor!: DonorResponse;
  lines!: DonationLineResponse[];
  allocations!: DonationAllocationResponse[];
  approvals!: ApprovalResponse[];
}
