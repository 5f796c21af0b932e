import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, Max, Min } from 'class-validator';
import { MAX_QUANTITY_BASE, type CallableKind, type ReserveMode } from '@ledger/contracts';
import { PageQuery } from '@ledger/platform';
import { UncountedReason } from './contract.dto';
import { IsInstant, IsRegionCode, MAX_HOURS } from './fields';

/** For what place, from what moment on, and for what demand the curve is asked. The page is that of the sources. */
export class CallableQuery extends PageQuery {
  /** Region code of the place that needs the goods; the caller's own region when left out. */
  @IsOptional()
  @IsRegionCode()
  region?: string;

  /** A moment from now on, at most a year ahead; now when left out. */
  @IsOptional()
  @IsInstant()
  at?: string;

  /** A demand: what to start by when to have so many. */
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(MAX_QUANTITY_BASE)
  quantityBase?: number;

  /** Hours within which the demand is to be met, or for which a further point of the curve is wanted. */
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(MAX_HOURS)
  hours?: number;
}

/** Pieces by kind of source; they add up to the point. */
export class CallableByKindResponse implements Record<CallableKind, number> {
  stock!: number;
  joint!: number;
  enterprise!: number;
  agreement!: number;
  neighbour!: number;
  capacity!: number;
}

/** What can be handed over within so many hours of the call; the way to the place comes on top. */
export class CallablePointResponse {
  hours!: number;
  quantityBase!: number;
  byKind!: CallableByKindResponse;
}

/** A depot or a contract that can give something. */
export class CallableSourceResponse {
  /** The depot's or contract's id. */
  sourceId!: string;
  kind!: CallableKind;
  /** The depot's name or the counterparty's. */
  name!: string;
  /** The contract's document number; null for a depot. */
  documentNumber!: string | null;
  regionCode!: string;
  /** All it can give above floors and promises. */
  limitBase!: number;
  /** Hours to its first piece; null when it has none. */
  firstAfterHours!: number | null;
}

/** A contract that does not count now, and why. */
export class UncountedSourceResponse extends UncountedReason {
  contractId!: string;
  documentNumber!: string;
  mode!: ReserveMode;
  name!: string;
  /** What it would give if it counted. */
  quantityBase!: number;
}

/** What firms and families declare to have: shown, never promised. */
export class DeclaredSourceResponse {
  contractId!: string;
  documentNumber!: string;
  mode!: ReserveMode;
  name!: string;
  quantityBase!: number;
  declaredAt!: string | null;
  /** True when the declaration should have been renewed. */
  stale!: boolean;
}

/** A part of the demand. */
export class DemandPartResponse {
  sourceId!: string;
  kind!: CallableKind;
  name!: string;
  /** The contract to start; null for a depot. */
  documentNumber!: string | null;
  quantityBase!: number;
  /** When it is there if it is started at once. */
  arrivesAt!: string;
  /** The latest moment to start it. */
  startBy!: string;
}

export class DemandResponse {
  quantityBase!: number;
  hours!: number;
  feasible!: boolean;
  shortBase!: number;
  /** In the order in which they arrive. */
  parts!: DemandPartResponse[];
  /** Document numbers of the contracts to start, in that order. */
  contractsToStart!: string[];
}

/** The callable curve of an item for a place. */
export class CallableResponse {
  itemCode!: string;
  unit!: string;
  region!: string;
  @ApiProperty({ format: 'date-time' })
  at!: string;
  points!: CallablePointResponse[];
  /** The page of sources asked for, in the order of use. */
  sources!: CallableSourceResponse[];
  totalSources!: number;
  uncounted!: UncountedSourceResponse[];
  declared!: DeclaredSourceResponse[];
  demand!: DemandResponse | null;
}
