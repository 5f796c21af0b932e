import { ApiProperty } from '@nestjs/swagger';
import { IsISO8601, IsIn, IsOptional, IsString, Length, Matches, MaxLength } from 'class-validator';
import { LINE_PATTERN, PageQuery } from '@ledger/platform';
import { DAY_PATTERN } from '../../input/patterns';

const STATES = ['active', 'suspended'] as const;
const PHONE_PATTERN = /^\+?[0-9][0-9 -]{4,19}$/;

/** Which suppliers to list: those of the caller's region, below it and above it. */
export class SuppliersQuery extends PageQuery {
  /** Part of the name or of the credit code. */
  @IsOptional()
  @IsString()
  @Length(1, 100)
  @Matches(LINE_PATTERN)
  search?: string;

  @IsOptional()
  @IsIn(STATES)
  state?: 'active' | 'suspended';
}

/** A firm that sells to the caller's region. */
export class RegisterSupplierRequest {
  /** As on the licence. */
  @IsString()
  @Length(1, 200)
  @Matches(LINE_PATTERN)
  name!: string;

  /** Unified social credit code 统一社会信用代码; its check digit is checked. */
  @IsString()
  @Length(18, 18)
  @Matches(LINE_PATTERN)
  creditCode!: string;

  /** Number of a licence that the goods need (food, medicine, fireworks …). */
  @IsOptional()
  @IsString()
  @Length(1, 60)
  @Matches(LINE_PATTERN)
  licenceNumber?: string;

  @IsOptional()
  @MaxLength(10)
  @Matches(DAY_PATTERN)
  @ApiProperty({ format: 'date' })
  @IsISO8601({ strict: true })
  licenceValidUntil?: string;

  @IsString()
  @Length(1, 100)
  @Matches(LINE_PATTERN)
  contactName!: string;

  @IsString()
  @MaxLength(20)
  @Matches(PHONE_PATTERN)
  @ApiProperty({ pattern: PHONE_PATTERN.source })
  contactPhone!: string;
}

/** Whether a supplier may get new orders. */
export class ChangeSupplierStateRequest {
  @IsIn(STATES)
  state!: 'active' | 'suspended';

  @IsString()
  @Length(1, 500)
  @Matches(LINE_PATTERN)
  reason!: string;
}

export class SupplierResponse {
  supplierId!: string;
  name!: string;
  creditCode!: string;
  licenceNumber!: string | null;
  licenceValidUntil!: string | null;
  regionCode!: string;
  /** Masked for those who do not deal with the supplier. */
  contactName!: string;
  /** Masked for those who do not deal with the supplier. */
  contactPhone!: string;
  state!: 'active' | 'suspended';
  stateReason!: string | null;
}

export class SupplierStateResponse {
  supplierId!: string;
  state!: 'active' | 'suspended';
  stateReason!: string;
}

export class SuppliersResponse {
  items!: SupplierResponse[];
  total!: number;
}

/** How long a supplier takes, from its orders and receipts; days are calendar days. */
export class LeadTimeResponse {
  supplierId!: string;
  /** Order lines that are complete. */
  completed!: number;
  /** Order lines that came after the promised day, or are open after it. */
  late!: number;
  /** Thousandths; null without deliveries. */
  latePermille!: number | null;
  medianDays!: number | null;
  medianPromisedDays!: number | null;
  longestDays!: number | null;
}
