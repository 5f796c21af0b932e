import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsISO8601,
  IsIn,
  IsInt,
  IsObject,
  IsString,
  Length,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import { LINE_PATTERN, PARAGRAPH_PATTERN } from '@ledger/platform';
import { DAY_PATTERN, MAX_AMOUNT_FEN } from '../../input/patterns';

export const RATE_UNITS = ['person-hour', 'team-hour', 'vehicle-hour', 'call-up', 'month', 'year'] as const;
export type RateUnit = (typeof RATE_UNITS)[number];

/** What a social force says of itself in a survey. */
export class RecordSurveyReturnRequest {
  @MaxLength(10)
  @Matches(DAY_PATTERN)
  @ApiProperty({ format: 'date' })
  @IsISO8601({ strict: true })
  surveyedOn!: string;

  @IsInt()
  @Min(0)
  @Max(100_000)
  people!: number;

  /** Of those people. */
  @IsInt()
  @Min(0)
  @Max(100_000)
  fullTimePeople!: number;

  @IsString()
  @MaxLength(2000)
  @Matches(PARAGRAPH_PATTERN)
  gear!: string;

  @IsInt()
  @Min(0)
  @Max(MAX_AMOUNT_FEN)
  gearValueFen!: number;

  @IsInt()
  @Min(0)
  @Max(MAX_AMOUNT_FEN)
  yearlyFundsFen!: number;

  /** What the force asks of the government. */
  @IsString()
  @MaxLength(2000)
  @Matches(PARAGRAPH_PATTERN)
  supportWanted!: string;
}

export class SurveyReturnWrittenResponse {
  surveyReturnId!: string;
}

export class SurveyReturnResponse {
  id!: string;
  surveyedOn!: string;
  people!: number;
  fullTimePeople!: number;
  gear!: string;
  gearValueFen!: number;
  yearlyFundsFen!: number;
  supportWanted!: string;
  recordedBy!: string;
}

export class SurveyReturnsResponse {
  items!: SurveyReturnResponse[];
}

/** The price of one unit of the service. */
export class ContractRate {
  @IsIn(RATE_UNITS)
  per!: RateUnit;

  @IsInt()
  @Min(0)
  @Max(MAX_AMOUNT_FEN)
  amountFen!: number;
}

/** A contract by which somebody buys the service of a team. */
export class RecordServiceContractRequest {
  @IsString()
  @Length(1, 60)
  @Matches(LINE_PATTERN)
  number!: string;

  @IsString()
  @Length(1, 200)
  @Matches(LINE_PATTERN)
  buyerName!: string;

  @IsString()
  @Length(1, 500)
  @Matches(LINE_PATTERN)
  service!: string;

  @MaxLength(10)
  @Matches(DAY_PATTERN)
  @ApiProperty({ format: 'date' })
  @IsISO8601({ strict: true })
  beginsOn!: string;

  /** The last day. */
  @MaxLength(10)
  @Matches(DAY_PATTERN)
  @ApiProperty({ format: 'date' })
  @IsISO8601({ strict: true })
  endsOn!: string;

  /** One for each unit. */
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(6)
  @ArrayUnique(({ per }: ContractRate) => per)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => ContractRate)
  rates!: ContractRate[];
}

export class EndServiceContractRequest {
  /** The last day. */
  @MaxLength(10)
  @Matches(DAY_PATTERN)
  @ApiProperty({ format: 'date' })
  @IsISO8601({ strict: true })
  endedOn!: string;

  @IsString()
  @Length(1, 500)
  @Matches(LINE_PATTERN)
  reason!: string;
}

export class ServiceContractWrittenResponse {
  contractId!: string;
}

export class ContractRateResponse {
  per!: RateUnit;
  amountFen!: number;
}

export class ServiceContractResponse {
  id!: string;
  number!: string;
  buyerName!: string;
  service!: string;
  beginsOn!: string;
  endsOn!: string;
  endedOn!: string | null;
  endReason!: string | null;
  rates!: ContractRateResponse[];
}

export class ServiceContractsResponse {
  items!: ServiceContractResponse[];
}
