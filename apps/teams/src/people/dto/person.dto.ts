import { ApiProperty } from '@nestjs/swagger';
import {
  IsBoolean,
  IsISO8601,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  IsUUID,
  Length,
  Matches,
  Max,
  MaxLength,
  Min,
} from 'class-validator';
import { LINE_PATTERN } from '@ledger/platform';
import { DAY_PATTERN, INSTANT_PATTERN, PHONE_PATTERN, WORD_CODE_PATTERN } from '../../input/patterns';

export const MEMBER_ROLES = ['commander', 'deputy', 'squad-leader', 'member', 'medic', 'driver', 'operator'] as const;
export type MemberRole = (typeof MEMBER_ROLES)[number];

export const EVIDENCE_FAMILIES = ['certificate', 'training', 'medical', 'insurance'] as const;
export type EvidenceFamily = (typeof EVIDENCE_FAMILIES)[number];

/** A person who joins a team and is not known yet. */
export class RegisterPersonRequest {
  @IsUUID()
  teamId!: string;

  @IsIn(MEMBER_ROLES)
  role!: MemberRole;

  @IsString()
  @Length(1, 100)
  @Matches(LINE_PATTERN)
  name!: string;

  @MaxLength(20)
  @Matches(PHONE_PATTERN)
  phone!: string;

  /** Resident identity number; kept masked and as a hash only. */
  @IsOptional()
  @IsString()
  @Length(15, 24)
  @Matches(/^[0-9Xx ]*$/)
  identityNumber?: string;

  /** The account with which the person signs in. */
  @IsOptional()
  @IsUUID()
  userId?: string;
}

export class AmendPersonRequest {
  @IsInt()
  @Min(1)
  @Max(1_000_000_000)
  version!: number;

  @IsString()
  @Length(1, 100)
  @Matches(LINE_PATTERN)
  name!: string;

  @MaxLength(20)
  @Matches(PHONE_PATTERN)
  phone!: string;

  @IsOptional()
  @IsUUID()
  userId?: string;
}

export class JoinTeamRequest {
  @IsUUID()
  personId!: string;

  @IsIn(MEMBER_ROLES)
  role!: MemberRole;
}

export class LeaveTeamRequest {
  @IsString()
  @Length(1, 500)
  @Matches(LINE_PATTERN)
  reason!: string;
}

/** Something that shows what a person may do: a certificate, a course, a medical check, an insurance. */
export class RecordEvidenceRequest {
  @MaxLength(40)
  @Matches(WORD_CODE_PATTERN)
  kindCode!: string;

  @IsOptional()
  @IsString()
  @Length(1, 60)
  @Matches(LINE_PATTERN)
  number?: string;

  @IsString()
  @Length(1, 200)
  @Matches(LINE_PATTERN)
  issuer!: string;

  /** False for a course that was failed, and for a medical check that says not fit. */
  @IsBoolean()
  passed!: boolean;

  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(10_000)
  hours?: number;

  @MaxLength(10)
  @Matches(DAY_PATTERN)
  @ApiProperty({ format: 'date' })
  @IsISO8601({ strict: true })
  beginsOn!: string;

  /** The last day on which it counts; left out for evidence without an end. */
  @IsOptional()
  @MaxLength(10)
  @Matches(DAY_PATTERN)
  @ApiProperty({ format: 'date' })
  @IsISO8601({ strict: true })
  validUntil?: string;
}

export class WithdrawEvidenceRequest {
  @IsString()
  @Length(1, 500)
  @Matches(LINE_PATTERN)
  reason!: string;
}

/** A time in which a person is not sent out. */
export class RecordRestRequest {
  @MaxLength(32)
  @Matches(INSTANT_PATTERN)
  @ApiProperty({ format: 'date-time' })
  @IsISO8601({ strict: true })
  from!: string;

  @MaxLength(32)
  @Matches(INSTANT_PATTERN)
  @ApiProperty({ format: 'date-time' })
  @IsISO8601({ strict: true })
  until!: string;

  @IsString()
  @Length(1, 500)
  @Matches(LINE_PATTERN)
  reason!: string;
}

export class PersonWrittenResponse {
  personId!: string;
  version!: number;
}

export class MembershipWrittenResponse {
  personId!: string;
  membershipId!: string;
}

export class EvidenceWrittenResponse {
  evidenceId!: string;
}

export class RestWrittenResponse {
  restId!: string;
}

/** A member as everybody with a right to the list may see them. */
export class MemberResponse {
  personId!: string;
  nameMasked!: string;
  role!: MemberRole;
  since!: string;
  /** The end of the rest in which the person is now. */
  restingUntil!: string | null;
}

export class MembersResponse {
  items!: MemberResponse[];
}

export class EvidenceResponse {
  id!: string;
  kindCode!: string;
  family!: EvidenceFamily;
  nameZh!: string;
  /** Null for medical checks, unless the caller keeps the team. */
  passed!: boolean | null;
  hours!: number | null;
  beginsOn!: string;
  validUntil!: string | null;
  withdrawn!: boolean;
}

export class PersonResponse {
  id!: string;
  nameMasked!: string;
  phoneMasked!: string;
  identityMasked!: string | null;
  version!: number;
  teamId!: string | null;
  role!: MemberRole | null;
  evidence!: EvidenceResponse[];
}

export class PersonDisclosedResponse {
  /** The entry in the log of reads. */
  readId!: string;
  personId!: string;
  name!: string;
  phone!: string;
  identityMasked!: string | null;
}

export class EvidenceKindResponse {
  code!: string;
  family!: EvidenceFamily;
  nameZh!: string;
  nameEn!: string;
}

export class EvidenceKindsResponse {
  items!: EvidenceKindResponse[];
}
