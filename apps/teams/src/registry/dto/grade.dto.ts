import { ApiProperty } from '@nestjs/swagger';
import { IsISO8601, IsOptional, IsString, Length, Matches, MaxLength } from 'class-validator';
import { LINE_PATTERN } from '@ledger/platform';
import { DAY_PATTERN } from '../../input/patterns';

/** A grade as the assessor's paper says it. */
export class RecordGradeRequest {
  /** The standard or rule by which it was graded: `YJ/T 1.2—2022`. */
  @IsString()
  @Length(1, 100)
  @Matches(LINE_PATTERN)
  scheme!: string;

  /** In the words of the scheme: `1`, `中队`. */
  @IsString()
  @Length(1, 40)
  @Matches(LINE_PATTERN)
  grade!: string;

  @MaxLength(10)
  @Matches(DAY_PATTERN)
  @ApiProperty({ format: 'date' })
  @IsISO8601({ strict: true })
  assessedOn!: string;

  @IsString()
  @Length(1, 200)
  @Matches(LINE_PATTERN)
  assessor!: string;

  /** The last day on which it counts; left out for a grade without an end. */
  @IsOptional()
  @MaxLength(10)
  @Matches(DAY_PATTERN)
  @ApiProperty({ format: 'date' })
  @IsISO8601({ strict: true })
  validUntil?: string;
}

export class GradeWrittenResponse {
  gradeId!: string;
}
