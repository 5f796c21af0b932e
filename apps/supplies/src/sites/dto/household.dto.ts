import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsIn,
  IsInt,
  IsObject,
  IsOptional,
  IsString,
  IsUUID,
  Length,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import { LINE_PATTERN, PageQuery } from '@ledger/platform';
import { ITEM_CODE_PATTERN } from '../../input/patterns';
import type { SignedFor } from '../domain/signature';

const PHONE_PATTERN = /^\+?[0-9][0-9 -]{1,18}[0-9]$/;
const DOCUMENT_PATTERN = /^[0-9A-Za-z]{6,30}$/;
const MAX_PEOPLE = 200;

/** A household as its head or a village official names it. */
export class HouseholdRow {
  @IsString()
  @Length(1, 60)
  @Matches(LINE_PATTERN)
  headName!: string;

  @IsOptional()
  @MaxLength(20)
  @Matches(PHONE_PATTERN)
  @ApiProperty({ pattern: PHONE_PATTERN.source })
  phone?: string;

  /** Number of an identity document; only a salted hash and the last two characters are kept. */
  @IsOptional()
  @MaxLength(30)
  @Matches(DOCUMENT_PATTERN)
  @ApiProperty({ pattern: DOCUMENT_PATTERN.source })
  documentNumber?: string;

  @IsInt()
  @Min(1)
  @Max(MAX_PEOPLE)
  peopleCount!: number;

  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(MAX_PEOPLE)
  elderlyCount?: number;

  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(MAX_PEOPLE)
  childCount?: number;

  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(MAX_PEOPLE)
  pregnantCount?: number;

  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(MAX_PEOPLE)
  disabledCount?: number;

  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(MAX_PEOPLE)
  sickCount?: number;

  /** Row of the list it stands in; the same row of the same site is the same household. */
  @IsOptional()
  @IsString()
  @Length(1, 40)
  @Matches(LINE_PATTERN)
  listReference?: string;
}

/** An open list: households that wait at a site. */
export class RegisterHouseholdsRequest {
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(500)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => HouseholdRow)
  rows!: HouseholdRow[];
}

/** Which households of a site to list. */
export class HouseholdsQuery extends PageQuery {
  /** Only those that have not got this item yet. */
  @IsOptional()
  @MaxLength(7)
  @Matches(ITEM_CODE_PATTERN)
  @ApiProperty({ pattern: ITEM_CODE_PATTERN.source })
  waitingFor?: string;
}

/** Whose order of service to report. */
export class ServiceOrderQuery extends PageQuery {
  @MaxLength(7)
  @Matches(ITEM_CODE_PATTERN)
  @ApiProperty({ pattern: ITEM_CODE_PATTERN.source })
  item!: string;
}

const SCOPES = ['incident', 'allocation', 'site'] as const;

/** Of what to count the people who were reached. */
export class PeopleReachedQuery {
  @IsIn(SCOPES)
  of!: (typeof SCOPES)[number];

  @IsUUID()
  id!: string;
}

export class RegisteredHouseholdResponse {
  householdId!: string;
  /** Masked, `张*`. */
  headName!: string;
  peopleCount!: number;
  priority!: boolean;
  /** True when the register had it before; its counts are the new ones now. */
  known!: boolean;
}

export class RegisterHouseholdsResponse {
  siteId!: string;
  incidentId!: string;
  households!: RegisteredHouseholdResponse[];
}

/** A household in a list: masked for everybody. */
export class HouseholdResponse {
  id!: string;
  siteId!: string;
  regionCode!: string;
  listReference!: string | null;
  headName!: string | null;
  phone!: string | null;
  document!: string | null;
  peopleCount!: number;
  elderlyCount!: number;
  childCount!: number;
  pregnantCount!: number;
  disabledCount!: number;
  sickCount!: number;
  priority!: boolean;
  registeredAt!: string;
  /** Items it got within the incident so far. */
  itemsReceived!: string[];
}

export class HouseholdsResponse {
  items!: HouseholdResponse[];
  total!: number;
}

export class HouseholdHandoutResponse {
  handoutId!: string;
  handedOutAt!: string;
  itemCode!: string;
  quantityBase!: number;
  repeatReason!: string | null;
  signerName!: string | null;
  signedFor!: SignedFor | null;
  /** PNG in base64, for those who may read personal fields. */
  signatureImage!: string | null;
  signatureReference!: string | null;
  reversed!: boolean;
}

/** One household; personal fields in full for keepers, stock managers and auditors of its region, masked for others. */
export class HouseholdDetailResponse extends HouseholdResponse {
  masked!: boolean;
  handouts!: HouseholdHandoutResponse[];
}

export class ServedHouseholdResponse {
  /** 1 for the first served; null while it waits. */
  position!: number | null;
  householdId!: string;
  headName!: string | null;
  priority!: boolean;
  registeredAt!: string;
  servedAt!: string | null;
  /** Priority households that still waited when this one, which is none, was served. */
  overtook!: number;
}

export class ServiceOrderResponse {
  itemCode!: string;
  households!: number;
  served!: number;
  priorityHouseholds!: number;
  priorityWaiting!: number;
  /** Households outside the priority groups that were served while priority ones waited. */
  servedTooEarly!: number;
  items!: ServedHouseholdResponse[];
}

export class GroupReachedResponse {
  /** Category of the catalogue. */
  itemGroup!: string;
  households!: number;
  people!: number;
}

export class PeopleReachedResponse {
  of!: 'incident' | 'allocation' | 'site';
  id!: string;
  /** Everybody once, however often they were served: people of households, and those counted without a list. */
  peopleReached!: number;
  households!: number;
  priorityHouseholds!: number;
  /** People of hand-outs without a list, which cannot be told apart. */
  peopleWithoutList!: number;
  byItemGroup!: GroupReachedResponse[];
}
