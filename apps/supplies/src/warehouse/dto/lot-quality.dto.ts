import { IsIn, IsOptional, IsString, Length, Matches } from 'class-validator';
import { LINE_PATTERN } from '@ledger/platform';
import type { LotQuality } from '../../stock/domain/lot';
import type { QualityAction } from '../domain/lot-quality';

const SCOPES = ['lot', 'batch'] as const;

/** Why a lot is held, or set free again. */
export class ChangeQualityRequest {
  @IsString()
  @Length(1, 500)
  @Matches(LINE_PATTERN)
  reason!: string;

  /** `batch`: all lots with the same item and batch number, as far as the caller decides about them. */
  @IsOptional()
  @IsIn(SCOPES)
  scope?: 'lot' | 'batch';
}

/** Why a lot is recalled, and by whose notice. */
export class RecallLotRequest extends ChangeQualityRequest {
  @IsString()
  @Length(1, 60)
  @Matches(LINE_PATTERN)
  noticeNumber!: string;

  /** Who issued the notice: the producer, an authority, the own bureau. */
  @IsString()
  @Length(1, 200)
  @Matches(LINE_PATTERN)
  noticeSource!: string;
}

/** A hold, recall, withdrawal or release, as it was recorded. */
export class RecallNoticeResponse {
  id!: string;
  action!: QualityAction;
  reason!: string;
  noticeNumber!: string | null;
  noticeSource!: string | null;
  recordedBy!: string;
  recordedAt!: string;
}

export class TracedDepotResponse {
  depotId!: string;
  depotCode!: string;
  regionCode!: string;
  availableBase!: number;
  reservedBase!: number;
  quarantineBase!: number;
}

/** A promise that holds pieces of the lot. */
export class TracedReservationResponse {
  reservationId!: string;
  allocationId!: string;
  depotId!: string;
  quantityBase!: number;
}

/** Pieces on the road to a site. */
export class TracedShipmentResponse {
  shipmentId!: string;
  allocationId!: string;
  siteId!: string;
  siteName!: string;
  quantityBase!: number;
}

/** Pieces on the road to another depot. */
export class TracedTransferResponse {
  transferId!: string;
  fromDepotCode!: string;
  toDepotCode!: string;
  quantityBase!: number;
}

export class TracedSiteResponse {
  siteId!: string;
  siteName!: string;
  regionCode!: string;
  usableBase!: number;
  damagedBase!: number;
}

/** Pieces that were given to people. */
export class TracedHandoutResponse {
  handoutId!: string;
  siteId!: string;
  siteName!: string;
  handedOutAt!: string;
  peopleReached!: number;
  quantityBase!: number;
  /** False for goods that come back: they are handed out by item, so these pieces may be of this lot or of another. */
  exact!: boolean;
}

/** Pieces that left the books: lost, scrapped, used in peacetime, sent back. */
export class TracedExitResponse {
  account!: string;
  quantityBase!: number;
}

/**
 * Where the pieces of a lot are and who got them. The owner's region sees everything, others what is in their region. At
 * most 200 rows of each kind, the largest first.
 */
export class LotTraceResponse {
  lotId!: string;
  itemCode!: string;
  batchNumber!: string;
  serialNumber!: string | null;
  quality!: LotQuality;
  notices!: RecallNoticeResponse[];
  depots!: TracedDepotResponse[];
  reservations!: TracedReservationResponse[];
  shipments!: TracedShipmentResponse[];
  transfers!: TracedTransferResponse[];
  sites!: TracedSiteResponse[];
  handouts!: TracedHandoutResponse[];
  left!: TracedExitResponse[];
}

export class ChangedLotResponse {
  lotId!: string;
  noticeId!: string;
  quality!: LotQuality;
}

export class MovedPiecesResponse {
  lotId!: string;
  depotId!: string;
  movementId!: string;
  quantityBase!: number;
}

export class QualityChangeResponse {
  action!: QualityAction;
  lots!: ChangedLotResponse[];
  /** Lots of the batch that belong to others; the announcement tells them. */
  lotsOfOthers!: number;
  moved!: MovedPiecesResponse[];
  /** Where the pieces of the lot are now, and who got them: what has to be chased. */
  trace!: LotTraceResponse;
}
