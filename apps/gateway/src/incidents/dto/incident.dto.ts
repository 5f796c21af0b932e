import { MAX_QUANTITY_BASE, REGION_CODE_PATTERN } from '@ledger/contracts';
import { LINE_PATTERN, PARAGRAPH_PATTERN, PageQuery } from '@ledger/platform';
import {
  IsIn,
  IsInt,
  IsISO8601,
  IsNumber,
  IsOptional,
  IsString,
  IsUUID,
  Length,
  Matches,
  Max,
  MaxLength,
  Min,
} from 'class-validator';
import { INCIDENT_KINDS, INCIDENT_LEVELS, type IncidentKind, type IncidentLevel } from '../domain/incident';

/** A time with its zone, of this century; `2026-07-01T08:00:00+08:00`. */
const ZONED_TIME_PATTERN = /^20\d{2}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?(?:Z|[+-]\d{2}:\d{2})$/;

export class ReportIncidentRequest {
  @IsIn(INCIDENT_KINDS)
  kind!: IncidentKind;

  /** Response level, I the gravest. */
  @IsIn(INCIDENT_LEVELS)
  level!: IncidentLevel;

  @IsString()
  @Length(1, 200)
  @Matches(LINE_PATTERN)
  title!: string;

  /** The division that is hit; within the caller's own. */
  @IsString()
  @MaxLength(12)
  @Matches(REGION_CODE_PATTERN)
  regionCode!: string;

  /** When it began, with the zone; at most 5 minutes ahead. */
  @IsString()
  @MaxLength(40)
  @IsISO8601({ strict: true })
  @Matches(ZONED_TIME_PATTERN)
  occurredAt!: string;

  @IsInt()
  @Min(0)
  @Max(MAX_QUANTITY_BASE)
  affectedPeople!: number;

  /** Name of the first delivery site; the region's name when left out. */
  @IsOptional()
  @IsString()
  @Length(1, 200)
  @Matches(LINE_PATTERN)
  siteName?: string;

  /** Of the first delivery site, WGS 84 degrees. */
  @IsNumber()
  @Min(-90)
  @Max(90)
  latitude!: number;

  /** Of the first delivery site, WGS 84 degrees. */
  @IsNumber()
  @Min(-180)
  @Max(180)
  longitude!: number;

  /** Who called it in. */
  @IsOptional()
  @IsString()
  @Length(1, 100)
  @Matches(LINE_PATTERN)
  reporterName?: string;

  @IsOptional()
  @IsString()
  @MaxLength(2000)
  @Matches(PARAGRAPH_PATTERN)
  description?: string;
}

export class AddSiteRequest {
  @IsString()
  @Length(1, 200)
  @Matches(LINE_PATTERN)
  name!: string;

  /** The division the site lies in, within the caller's own; the incident's when left out. */
  @IsOptional()
  @IsString()
  @MaxLength(12)
  @Matches(REGION_CODE_PATTERN)
  regionCode?: string;

  /** WGS 84 degrees. */
  @IsNumber()
  @Min(-90)
  @Max(90)
  latitude!: number;

  /** WGS 84 degrees. */
  @IsNumber()
  @Min(-180)
  @Max(180)
  longitude!: number;
}

export class IncidentQuery extends PageQuery {
  /** Only open or only closed incidents. */
  @IsOptional()
  @IsIn(['open', 'closed'])
  state?: 'open' | 'closed';
}

export class IncidentSiteView {
  @IsUUID()
  id!: string;
  name!: string;
  regionCode!: string;
  latitude!: number;
  longitude!: number;
}

export class IncidentView {
  @IsUUID()
  id!: string;
  kind!: IncidentKind;
  level!: IncidentLevel;
  title!: string;
  description!: string | null;
  regionCode!: string;
  occurredAt!: Date;
  affectedPeople!: number;
  reporterName!: string | null;
  reportedAt!: Date;
  closedAt!: Date | null;
  /** In the order they were added. */
  sites!: IncidentSiteView[];
}

export class IncidentPage {
  /** Latest report first. */
  items!: IncidentView[];
  total!: number;
}
