import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  IsUUID,
  Length,
  Matches,
  Max,
  Min,
} from 'class-validator';
import { MAX_QUANTITY_BASE } from '@ledger/contracts';
import { LINE_PATTERN, PageQuery } from '@ledger/platform';
import {
  SCRAP_DECISIONS,
  SCRAP_REASONS,
  SCRAP_STATES,
  type ScrapDecision,
  type ScrapReason,
  type ScrapState,
} from '../domain/scrap';

const SOURCES = ['available', 'quarantine'] as const;
const MAX_FEN = 100_000_000_000;

/** Goods that should be scrapped, with the record of their appraisal. */
export class ProposeScrapRequest {
  @IsUUID()
  depotId!: string;

  @IsUUID()
  lotId!: string;

  @IsInt()
  @Min(1)
  @Max(MAX_QUANTITY_BASE)
  quantityBase!: number;

  /** Where the pieces lie; free ones are moved into quarantine until it is decided. */
  @IsIn(SOURCES)
  from!: 'available' | 'quarantine';

  @IsIn(SCRAP_REASONS)
  reason!: ScrapReason;

  @IsOptional()
  @IsString()
  @Length(1, 500)
  @Matches(LINE_PATTERN)
  note?: string;

  /** What all the pieces together are still worth, in fen. */
  @IsInt()
  @Min(0)
  @Max(MAX_FEN)
  residualValueFen!: number;

  /** What they stood in the books for, in fen. */
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(MAX_FEN)
  bookValueFen?: number;

  /** Names of the people who appraised the goods. */
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(10)
  @ArrayUnique()
  @IsString({ each: true })
  @Length(1, 60, { each: true })
  @Matches(LINE_PATTERN, { each: true })
  appraisers!: string[];

  /** How it was appraised: looked at, measured, tested. */
  @IsString()
  @Length(1, 200)
  @Matches(LINE_PATTERN)
  appraisalMethod!: string;

  /** Number of the appraisal record. */
  @IsString()
  @Length(1, 60)
  @Matches(LINE_PATTERN)
  documentNumber!: string;
}

export class DecideScrapRequest {
  @IsIn(SCRAP_DECISIONS)
  decision!: ScrapDecision;

  @IsString()
  @Length(1, 500)
  @Matches(LINE_PATTERN)
  note!: string;
}

/** Which proposals to list. */
export class ScrapProposalsQuery extends PageQuery {
  @IsOptional()
  @IsUUID()
  depotId?: string;

  @IsOptional()
  @IsUUID()
  lotId?: string;

  @IsOptional()
  @IsIn(SCRAP_STATES)
  state?: ScrapState;
}

export class ScrapProposalResponse {
  id!: string;
  depotId!: string;
  depotCode!: string;
  lotId!: string;
  itemCode!: string;
  batchNumber!: string;
  serialNumber!: string | null;
  quantityBase!: number;
  state!: ScrapState;
  reason!: ScrapReason;
  note!: string | null;
  residualValueFen!: number;
  bookValueFen!: number | null;
  appraisers!: string[];
  appraisalMethod!: string;
  documentNumber!: string;
  /** The movement that took free pieces into quarantine for the proposal. */
  heldMovementId!: string | null;
  proposedBy!: string;
  proposedAt!: string;
  dueAt!: string;
  decidedBy!: string | null;
  decidedAt!: string | null;
  decisionNote!: string | null;
  /** The scrapping; of a rejected proposal the put-away of what had been free before. */
  movementId!: string | null;
  /** That movement was undone. */
  reversed!: boolean;
}

export class ScrapProposalsResponse {
  items!: ScrapProposalResponse[];
  total!: number;
}

export class ScrapStepResponse {
  proposalId!: string;
  state!: ScrapState;
  movementId!: string | null;
}

/** Goods from quarantine that go back to their supplier or donor. */
export class SendBackRequest {
  @IsUUID()
  depotId!: string;

  @IsUUID()
  lotId!: string;

  @IsInt()
  @Min(1)
  @Max(MAX_QUANTITY_BASE)
  quantityBase!: number;

  /** Name of the supplier or donor. */
  @IsString()
  @Length(1, 200)
  @Matches(LINE_PATTERN)
  sentTo!: string;

  @IsString()
  @Length(1, 500)
  @Matches(LINE_PATTERN)
  reason!: string;

  /** Number of the complaint or return note. */
  @IsString()
  @Length(1, 60)
  @Matches(LINE_PATTERN)
  documentNumber!: string;
}

export class SendBackResponse {
  sendBackId!: string;
  movementId!: string;
  depotId!: string;
  lotId!: string;
  quantityBase!: number;
}

/** Which goods that went back to list. */
export class SendBacksQuery extends PageQuery {
  @IsOptional()
  @IsUUID()
  depotId?: string;
}

export class SendBackEntryResponse {
  id!: string;
  depotId!: string;
  depotCode!: string;
  lotId!: string;
  itemCode!: string;
  batchNumber!: string;
  quantityBase!: number;
  sentTo!: string;
  reason!: string;
  documentNumber!: string;
  movementId!: string;
  reversed!: boolean;
  recordedBy!: string;
  recordedAt!: string;
}

export class SendBacksResponse {
  items!: SendBackEntryResponse[];
  total!: number;
}
