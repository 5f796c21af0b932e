import { IsIn, IsInt, IsOptional, IsString, IsUUID, Length, Matches, Max, Min } from 'class-validator';
import { MAX_QUANTITY_BASE } from '@ledger/contracts';
import { LINE_PATTERN, PageQuery } from '@ledger/platform';
import { INSPECTION_STATES, type InspectionState } from '../domain/inspection';

/** Goods in quarantine that somebody has to look at. */
export class OpenInspectionRequest {
  @IsUUID()
  depotId!: string;

  @IsUUID()
  lotId!: string;

  @IsInt()
  @Min(1)
  @Max(MAX_QUANTITY_BASE)
  quantityBase!: number;

  /** Why: repaired, tested, put aside by mistake. */
  @IsString()
  @Length(1, 500)
  @Matches(LINE_PATTERN)
  reason!: string;
}

export class OpenedInspectionResponse {
  inspectionId!: string;
  depotId!: string;
  lotId!: string;
  quantityBase!: number;
}

/** What an inspection found; every piece is accepted or rejected. */
export class RecordInspectionRequest {
  @IsInt()
  @Min(0)
  @Max(MAX_QUANTITY_BASE)
  acceptedBase!: number;

  @IsInt()
  @Min(0)
  @Max(MAX_QUANTITY_BASE)
  rejectedBase!: number;

  /** Required when pieces are rejected, and only then. */
  @IsOptional()
  @IsString()
  @Length(1, 500)
  @Matches(LINE_PATTERN)
  rejectionReason?: string;

  /** What is wrong with which pieces, accepted ones included. */
  @IsOptional()
  @IsString()
  @Length(1, 500)
  @Matches(LINE_PATTERN)
  defects?: string;
}

export class InspectionResultResponse {
  inspectionId!: string;
  state!: InspectionState;
  acceptedBase!: number;
  rejectedBase!: number;
  /** The put-away of the accepted pieces. */
  movementId!: string | null;
}

/** Which inspections to list. */
export class InspectionsQuery extends PageQuery {
  @IsOptional()
  @IsUUID()
  depotId?: string;

  @IsOptional()
  @IsUUID()
  lotId?: string;

  @IsOptional()
  @IsIn(INSPECTION_STATES)
  state?: InspectionState;

  /** Open ones past their time only. */
  @IsOptional()
  @IsIn(['true'])
  overdue?: 'true';
}

export class InspectionResponse {
  id!: string;
  depotId!: string;
  depotCode!: string;
  lotId!: string;
  itemCode!: string;
  batchNumber!: string;
  serialNumber!: string | null;
  quantityBase!: number;
  state!: InspectionState;
  reason!: string;
  receiptMovementId!: string | null;
  openedBy!: string;
  openedAt!: string;
  dueAt!: string;
  overdue!: boolean;
  acceptedBase!: number | null;
  rejectedBase!: number | null;
  rejectionReason!: string | null;
  defects!: string | null;
  movementId!: string | null;
  /** The put-away was undone: the accepted pieces lie in quarantine again and need another inspection. */
  reversed!: boolean;
  closedBy!: string | null;
  closedAt!: string | null;
}

export class InspectionsResponse {
  items!: InspectionResponse[];
  total!: number;
}
