import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsISO8601,
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
import { MAX_QUANTITY_BASE, REGION_CODE_PATTERN } from '@ledger/contracts';
import { LINE_PATTERN } from '@ledger/platform';
import { DAY_PATTERN } from '../../input/patterns';
import { ReceivedLotResponse } from '../../stock/dto/receipt.dto';
import type { DonationState } from '../domain/donation-state';
import { GROUPS, type Group } from '../domain/purpose';

/** What came of a line, as it was counted. */
export class DonationReceiptLine {
  @IsUUID()
  lineId!: string;

  @IsInt()
  @Min(1)
  @Max(MAX_QUANTITY_BASE)
  quantityBase!: number;

  /** As printed on the goods; a number of the donation when nothing is. */
  @IsOptional()
  @IsString()
  @Length(1, 40)
  @Matches(LINE_PATTERN)
  batchNumber?: string;

  @IsOptional()
  @MaxLength(10)
  @Matches(DAY_PATTERN)
  @ApiProperty({ format: 'date' })
  @IsISO8601({ strict: true })
  productionDate?: string;

  /** The last day on which the goods may be used; required for goods that age. */
  @IsOptional()
  @MaxLength(10)
  @Matches(DAY_PATTERN)
  @ApiProperty({ format: 'date' })
  @IsISO8601({ strict: true })
  expiryDate?: string;
}

/** Donated goods that came in; each line makes a lot of its own. */
export class ReceiveDonationRequest {
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(100)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => DonationReceiptLine)
  lines!: DonationReceiptLine[];

  @IsOptional()
  @IsString()
  @Length(1, 500)
  @Matches(LINE_PATTERN)
  note?: string;
}

export class ReceiveDonationResponse {
  receiptId!: string;
  movementId!: string;
  postedAt!: string;
  state!: DonationState;
  lots!: ReceivedLotResponse[];
}

/** Donated goods that are given out for their purpose, straight from the depot. */
export class AllocateDonationRequest {
  @IsUUID()
  lineId!: string;

  @IsInt()
  @Min(1)
  @Max(MAX_QUANTITY_BASE)
  quantityBase!: number;

  /** The region whose people get it. */
  @MaxLength(12)
  @Matches(REGION_CODE_PATTERN)
  @ApiProperty({ pattern: REGION_CODE_PATTERN.source })
  regionCode!: string;

  @IsOptional()
  @IsUUID()
  incidentId?: string;

  @IsOptional()
  @IsIn(GROUPS)
  group?: Group;

  /** The body that hands it on to people: a school, a village committee. No person's name. */
  @IsString()
  @Length(1, 200)
  @Matches(LINE_PATTERN)
  receiver!: string;

  /** Where the goods lie now, when they were moved on from the depot that took them in. */
  @IsOptional()
  @IsUUID()
  depotId?: string;
}

export class AllocateDonationResponse {
  allocationId!: string;
  movementId!: string;
  lotId!: string;
  quantityBase!: number;
}
