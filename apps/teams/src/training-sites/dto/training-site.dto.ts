import { ApiProperty } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsISO8601,
  IsInt,
  IsString,
  IsUUID,
  Length,
  Matches,
  Max,
  MaxLength,
  Min,
} from 'class-validator';
import { REGION_CODE_PATTERN } from '@ledger/contracts';
import { LINE_PATTERN } from '@ledger/platform';
import { INSTANT_PATTERN } from '../../input/patterns';

export class RegisterTrainingSiteRequest {
  @IsString()
  @Length(1, 40)
  @Matches(LINE_PATTERN)
  code!: string;

  @IsString()
  @Length(1, 200)
  @Matches(LINE_PATTERN)
  nameZh!: string;

  @IsString()
  @Length(1, 200)
  @Matches(LINE_PATTERN)
  nameEn!: string;

  @MaxLength(12)
  @Matches(REGION_CODE_PATTERN)
  @ApiProperty({ pattern: REGION_CODE_PATTERN.source })
  regionCode!: string;

  /** Who may book it: people of this region and below. It covers the site's own region. */
  @MaxLength(12)
  @Matches(REGION_CODE_PATTERN)
  @ApiProperty({ pattern: REGION_CODE_PATTERN.source })
  openToRegionCode!: string;

  @IsUUID()
  organisationId!: string;

  @IsString()
  @Length(1, 200)
  @Matches(LINE_PATTERN)
  address!: string;

  /** What can be trained there: a tower, a pool, a rubble field. */
  @IsString()
  @Length(1, 500)
  @Matches(LINE_PATTERN)
  facilities!: string;

  @IsInt()
  @Min(1)
  @Max(100_000)
  capacityPeople!: number;
}

export class TrainingSiteWrittenResponse {
  siteId!: string;
}

export class TrainingSiteResponse {
  id!: string;
  code!: string;
  nameZh!: string;
  nameEn!: string;
  regionCode!: string;
  openToRegionCode!: string;
  address!: string;
  facilities!: string;
  capacityPeople!: number;
}

export class TrainingSitesResponse {
  items!: TrainingSiteResponse[];
}

/** One time at a site, for one team or for several that train together. */
export class BookTrainingSiteRequest {
  @MaxLength(32)
  @Matches(INSTANT_PATTERN)
  @ApiProperty({ format: 'date-time' })
  @IsISO8601({ strict: true })
  from!: string;

  /** The instant from which somebody else may have it. */
  @MaxLength(32)
  @Matches(INSTANT_PATTERN)
  @ApiProperty({ format: 'date-time' })
  @IsISO8601({ strict: true })
  until!: string;

  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(20)
  @ArrayUnique()
  @IsUUID(undefined, { each: true })
  teamIds!: string[];

  @IsInt()
  @Min(1)
  @Max(100_000)
  people!: number;

  @IsString()
  @Length(1, 500)
  @Matches(LINE_PATTERN)
  purpose!: string;
}

export class CancelBookingRequest {
  @IsString()
  @Length(1, 500)
  @Matches(LINE_PATTERN)
  reason!: string;
}

export class BookingWrittenResponse {
  bookingId!: string;
}

export class BookingResponse {
  id!: string;
  from!: string;
  until!: string;
  people!: number;
  purpose!: string;
  teamNames!: string[];
  bookedBy!: string;
  cancelledAt!: string | null;
}

export class BookingsResponse {
  items!: BookingResponse[];
}
