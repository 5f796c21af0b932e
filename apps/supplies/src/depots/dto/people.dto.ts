import { ApiProperty } from '@nestjs/swagger';
import { IsISO8601, IsInt, IsOptional, IsString, Length, Matches, Max, MaxLength, Min } from 'class-validator';
import { LINE_PATTERN } from '@ledger/platform';
import { INSTANT_PATTERN } from '../../input/patterns';

/** How many people are in a shelter. */
export class ReportPeopleRequest {
  @IsInt()
  @Min(0)
  @Max(1_000_000)
  peoplePresent!: number;

  /** Of these, children, old people, ill people and others who come first. */
  @IsInt()
  @Min(0)
  @Max(1_000_000)
  priorityPeople!: number;

  /** Now, when left out. */
  @IsOptional()
  @MaxLength(35)
  @Matches(INSTANT_PATTERN)
  @ApiProperty({ format: 'date-time' })
  @IsISO8601({ strict: true })
  countedAt?: string;

  @IsOptional()
  @IsString()
  @Length(1, 500)
  @Matches(LINE_PATTERN)
  note?: string;
}

export class PeopleReportResponse {
  id!: string;
  peoplePresent!: number;
  priorityPeople!: number;
  countedAt!: string;
  reportedBy!: string;
  note!: string | null;
}

export class PeopleReportsResponse {
  items!: PeopleReportResponse[];
  total!: number;
}
