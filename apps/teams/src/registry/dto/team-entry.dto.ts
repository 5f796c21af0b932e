import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsIn,
  IsInt,
  IsNumber,
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
import { REGION_CODE_PATTERN } from '@ledger/contracts';
import { LINE_PATTERN, PageQuery } from '@ledger/platform';
import { PHONE_PATTERN, TEAM_TYPE_PATTERN, WORD_CODE_PATTERN } from '../../input/patterns';
import { CAPABILITY_BASES, CONTACT_ROLES, type CapabilityBasis, type ContactRole } from '../domain/check-team';

const MAX_CAPABILITY_AMOUNT = 1_000_000_000;

/** One thing that the team can do, in a form that can be asked for. */
export class CapabilityStatement {
  @MaxLength(40)
  @Matches(WORD_CODE_PATTERN)
  code!: string;

  /** In the unit of the kind, which may be people. */
  @IsInt()
  @Min(1)
  @Max(MAX_CAPABILITY_AMOUNT)
  amount!: number;

  /** 0 for a kind without levels. */
  @IsInt()
  @Min(0)
  @Max(9)
  level: number = 0;

  @IsIn(CAPABILITY_BASES)
  basis!: CapabilityBasis;
}

/** A person or desk that speaks for the team. */
export class ContactEntry {
  @IsIn(CONTACT_ROLES)
  role!: ContactRole;

  @IsString()
  @Length(1, 100)
  @Matches(LINE_PATTERN)
  name!: string;

  @MaxLength(20)
  @Matches(PHONE_PATTERN)
  phone!: string;

  /** The account with which the contact signs in. */
  @IsOptional()
  @IsUUID()
  userId?: string;
}

/** What may be changed in the entry of a team. */
class TeamEntryFields {
  @IsString()
  @Length(1, 200)
  @Matches(LINE_PATTERN)
  nameZh!: string;

  @IsString()
  @Length(1, 200)
  @Matches(LINE_PATTERN)
  nameEn!: string;

  /** The organisation that the team belongs to. */
  @IsUUID()
  organisationId!: string;

  /** The unit that keeps and pays the team. */
  @IsOptional()
  @IsString()
  @Length(1, 200)
  @Matches(LINE_PATTERN)
  sponsorName?: string;

  @IsOptional()
  @IsString()
  @Length(1, 200)
  @Matches(LINE_PATTERN)
  baseAddress?: string;

  @IsNumber()
  @Min(-90)
  @Max(90)
  latitude!: number;

  @IsNumber()
  @Min(-180)
  @Max(180)
  longitude!: number;

  /** People of the team, as registered. */
  @IsInt()
  @Min(0)
  @Max(100_000)
  strength!: number;

  /** The first one is the specialty of the team, the others are abilities besides it (一专多能). */
  @IsArray()
  @ArrayMaxSize(20)
  @ArrayUnique()
  @MaxLength(40, { each: true })
  @Matches(WORD_CODE_PATTERN, { each: true })
  specialties!: string[];

  /** Regions in which the team works, besides the one of its base. */
  @IsArray()
  @ArrayMaxSize(50)
  @ArrayUnique()
  @MaxLength(12, { each: true })
  @Matches(REGION_CODE_PATTERN, { each: true })
  coverageRegions!: string[];

  @IsArray()
  @ArrayMaxSize(50)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => CapabilityStatement)
  capabilities!: CapabilityStatement[];

  /** One commander at most; deputies in the order in which they stand in. */
  @IsArray()
  @ArrayMaxSize(10)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => ContactEntry)
  contacts!: ContactEntry[];
}

export class RegisterTeamRequest extends TeamEntryFields {
  @IsString()
  @Length(1, 40)
  @Matches(LINE_PATTERN)
  code!: string;

  @MaxLength(6)
  @Matches(TEAM_TYPE_PATTERN)
  typeCode!: string;

  /** Region of the base. */
  @MaxLength(12)
  @Matches(REGION_CODE_PATTERN)
  @ApiProperty({ pattern: REGION_CODE_PATTERN.source })
  regionCode!: string;
}

export class AmendTeamRequest extends TeamEntryFields {
  /** The version that was read. */
  @IsInt()
  @Min(1)
  @Max(1_000_000_000)
  version!: number;
}

export class DisbandTeamRequest {
  @IsString()
  @Length(1, 500)
  @Matches(LINE_PATTERN)
  reason!: string;
}

export class TeamWrittenResponse {
  teamId!: string;
  code!: string;
  state!: 'active' | 'disbanded';
  version!: number;
}

export class CapabilityResponse {
  code!: string;
  nameZh!: string;
  nameEn!: string;
  amount!: number;
  unit!: string;
  level!: number;
  basis!: CapabilityBasis;
  statedAt!: string;
}

/** A contact as everybody may see it; in clear by a disclosure only. */
export class MaskedContactResponse {
  role!: ContactRole;
  nameMasked!: string;
  phoneMasked!: string;
  since!: string;
}

export class SpecialtyResponse {
  code!: string;
  nameZh!: string;
  nameEn!: string;
}

export class SpecialtiesResponse {
  items!: SpecialtyResponse[];
}

export class TeamSpecialtyResponse extends SpecialtyResponse {
  main!: boolean;
}

export class GradeResponse {
  id!: string;
  scheme!: string;
  grade!: string;
  assessedOn!: string;
  assessor!: string;
  validUntil!: string | null;
  /** Whether it counts today. */
  valid!: boolean;
}

/** The whole entry of a team. */
export class TeamEntryResponse {
  id!: string;
  code!: string;
  nameZh!: string;
  nameEn!: string;
  typeCode!: string;
  regionCode!: string;
  organisationId!: string;
  sponsorName!: string | null;
  baseAddress!: string | null;
  latitude!: number;
  longitude!: number;
  strength!: number;
  state!: 'active' | 'disbanded';
  version!: number;
  specialties!: TeamSpecialtyResponse[];
  coverageRegions!: string[];
  capabilities!: CapabilityResponse[];
  contacts!: MaskedContactResponse[];
  grades!: GradeResponse[];
}

/** Asks which teams can do something. */
export class CapableTeamsQuery extends PageQuery {
  @MaxLength(40)
  @Matches(WORD_CODE_PATTERN)
  capability!: string;

  /** At least this much, in the unit of the kind. */
  @ApiProperty({ type: 'integer', minimum: 1, maximum: MAX_CAPABILITY_AMOUNT, default: 1, required: false })
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(MAX_CAPABILITY_AMOUNT)
  amount: number = 1;

  /** At least this level. */
  @ApiProperty({ type: 'integer', minimum: 0, maximum: 9, default: 0, required: false })
  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(9)
  level: number = 0;

  /** Teams with their base in this region, or that work in it. */
  @IsOptional()
  @MaxLength(12)
  @Matches(REGION_CODE_PATTERN)
  region?: string;
}

export class CapableTeamResponse {
  teamId!: string;
  code!: string;
  nameZh!: string;
  nameEn!: string;
  typeCode!: string;
  regionCode!: string;
  /** Why it is in the list: its base lies in the region, or it works there. */
  because!: 'base' | 'coverage';
  amount!: number;
  unit!: string;
  level!: number;
  basis!: CapabilityBasis;
}

export class CapableTeamsResponse {
  items!: CapableTeamResponse[];
}

export class CapabilityKindResponse {
  code!: string;
  nameZh!: string;
  nameEn!: string;
  unit!: string;
  highestLevel!: number;
}

export class CapabilityKindsResponse {
  items!: CapabilityKindResponse[];
}

/** Why somebody looks at personal data. */
export class DisclosureRequest {
  @IsString()
  @Length(5, 500)
  @Matches(LINE_PATTERN)
  reason!: string;
}

export class ContactResponse {
  role!: ContactRole;
  name!: string;
  phone!: string;
  since!: string;
}

export class ContactsDisclosedResponse {
  /** The entry in the log of reads. */
  readId!: string;
  items!: ContactResponse[];
}
