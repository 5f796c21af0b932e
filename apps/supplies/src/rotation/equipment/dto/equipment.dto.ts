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
import { REGION_CODE_PATTERN } from '@ledger/contracts';
import { LINE_PATTERN, PageQuery } from '@ledger/platform';
import { DAY_PATTERN } from '../../../input/patterns';
import { ITEM_CLASSES, type ItemClass } from '../../domain/rotation-rules';
import { RotationPlaceQuery } from '../../dto/alert.dto';
import { TEST_KINDS, TEST_RESULTS, type TestKind, type TestResult } from '../domain/test-due';
import { TEST_ORDER_STATES, type TestOrderState } from '../domain/test-order-state';

const BASES = ['estimate', 'sourced'] as const;

/** Which test goods of a class need, and how often, from a day on. */
export class SetTestRuleRequest {
  @IsIn(ITEM_CLASSES)
  itemClass!: ItemClass;

  /** An item's code, a category or a rotation rule, as in the catalogue. */
  @IsString()
  @Length(1, 60)
  @Matches(LINE_PATTERN)
  classValue!: string;

  @IsIn(TEST_KINDS)
  testKind!: TestKind;

  /** False for goods that a wider rule would ask for a test they do not have. */
  @IsOptional()
  @IsBoolean()
  required?: boolean = true;

  /** Left out for the interval of the catalogue. */
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(240)
  intervalMonths?: number;

  /** Days before the due day from which an order stands open. */
  @IsInt()
  @Min(0)
  @Max(365)
  noticeDays!: number;

  /** Days after the due day in which the equipment may still be used. */
  @IsInt()
  @Min(0)
  @Max(365)
  graceDays!: number;

  /** The region of the depots it is for, with all below. */
  @MaxLength(12)
  @Matches(REGION_CODE_PATTERN)
  @ApiProperty({ pattern: REGION_CODE_PATTERN.source })
  regionCode!: string;

  /** Today or later. */
  @MaxLength(10)
  @Matches(DAY_PATTERN)
  @ApiProperty({ format: 'date' })
  @IsISO8601({ strict: true })
  validFrom!: string;

  @IsIn(BASES)
  basis!: (typeof BASES)[number];

  /** Where it was read; needed unless it is an estimate. */
  @IsOptional()
  @IsString()
  @Length(1, 500)
  @Matches(LINE_PATTERN)
  source?: string;
}

export class TestRuleResponse {
  id!: string;
  itemClass!: ItemClass;
  classValue!: string;
  testKind!: TestKind;
  required!: boolean;
  intervalMonths!: number | null;
  noticeDays!: number;
  graceDays!: number;
  /** null holds everywhere. */
  regionCode!: string | null;
  validFrom!: string;
  basis!: string;
  source!: string | null;
  recordedBy!: string;
  recordedAt!: string;
}

export class TestRulesQuery extends PageQuery {
  @IsOptional()
  @IsIn(TEST_KINDS)
  testKind?: TestKind;
}

export class TestRulesResponse {
  items!: TestRuleResponse[];
  total!: number;
}

/** A test of the pieces of a lot that lie in a depot. */
export class RecordTestRequest {
  @IsUUID()
  depotId!: string;

  @IsUUID()
  lotId!: string;

  @IsIn(TEST_KINDS)
  testKind!: TestKind;

  /** Today or earlier. */
  @MaxLength(10)
  @Matches(DAY_PATTERN)
  @ApiProperty({ format: 'date' })
  @IsISO8601({ strict: true })
  testedOn!: string;

  /** `remarks`: passed, with something to look after. */
  @IsIn(TEST_RESULTS)
  result!: TestResult;

  /** Who tested: a person or a testing body. */
  @IsString()
  @Length(1, 200)
  @Matches(LINE_PATTERN)
  tester!: string;

  /** What was found; needed unless it simply passed. */
  @IsOptional()
  @IsString()
  @Length(1, 500)
  @Matches(LINE_PATTERN)
  remarks?: string;

  /** Number of the test report. */
  @IsOptional()
  @IsString()
  @Length(1, 200)
  @Matches(LINE_PATTERN)
  document?: string;
}

export class RecordTestResponse {
  testId!: string;
  /** The order that the test answered or, when it failed, left open for repair. */
  orderId!: string | null;
  nextDueOn!: string | null;
  /** The movement that took the equipment out of the free stock, or put it back. */
  movementId!: string | null;
}

export class EquipmentTestsQuery extends RotationPlaceQuery {
  @IsOptional()
  @IsUUID()
  lotId?: string;

  @IsOptional()
  @IsIn(TEST_KINDS)
  testKind?: TestKind;
}

/** A test that was done. */
export class EquipmentTestResponse {
  id!: string;
  depotId!: string;
  depotCode!: string;
  lotId!: string;
  batchNumber!: string;
  serialNumber!: string | null;
  itemCode!: string;
  nameZh!: string;
  testKind!: TestKind;
  testedOn!: string;
  result!: TestResult;
  nextDueOn!: string | null;
  tester!: string;
  remarks!: string | null;
  document!: string | null;
  movementId!: string | null;
  recordedBy!: string;
  recordedAt!: string;
}

export class EquipmentTestsResponse {
  items!: EquipmentTestResponse[];
  total!: number;
}

export class TestOrdersQuery extends EquipmentTestsQuery {
  @IsOptional()
  @IsIn(TEST_ORDER_STATES)
  state?: TestOrderState;
}

/** The duty to test, or to repair, a lot in a depot. */
export class TestOrderResponse {
  id!: string;
  depotId!: string;
  depotCode!: string;
  regionCode!: string;
  lotId!: string;
  batchNumber!: string;
  serialNumber!: string | null;
  itemCode!: string;
  nameZh!: string;
  nameEn!: string;
  unit!: string;
  testKind!: TestKind;
  state!: TestOrderState;
  dueOn!: string;
  /** From this day on the equipment is held when it was not tested. */
  holdOn!: string;
  /** Negative when the due day has passed. */
  daysLeft!: number;
  /** Why the equipment is out of the free stock; null when it never was. */
  holdReason!: string | null;
  availableBase!: number;
  reservedBase!: number;
  quarantineBase!: number;
  openedAt!: string;
  endedAt!: string | null;
}

export class TestOrdersResponse {
  /** The day in China that the answer is for. */
  day!: string;
  items!: TestOrderResponse[];
  total!: number;
}
