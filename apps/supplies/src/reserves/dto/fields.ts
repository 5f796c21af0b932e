import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { IsISO8601, IsInt, IsString, Length, Matches, Max, MaxLength, Min } from 'class-validator';
import { MAX_QUANTITY_BASE, REGION_CODE_PATTERN } from '@ledger/contracts';
import { LINE_PATTERN } from '@ledger/platform';
import { DAY_PATTERN, INSTANT_PATTERN, ITEM_CODE_PATTERN } from '../../input/patterns';

/** The checks that many fields of this feature share, each written once, with its limits for the API document. */

const MAX_INSTANT_LENGTH = 35;

export const IsDay = (): PropertyDecorator =>
  applyDecorators(
    MaxLength(10),
    Matches(DAY_PATTERN),
    ApiProperty({ format: 'date', maxLength: 10 }),
    IsISO8601({ strict: true }),
  );

export const IsInstant = (): PropertyDecorator =>
  applyDecorators(
    MaxLength(MAX_INSTANT_LENGTH),
    Matches(INSTANT_PATTERN),
    ApiProperty({ format: 'date-time', maxLength: MAX_INSTANT_LENGTH }),
    IsISO8601({ strict: true }),
  );

export const IsRegionCode = (): PropertyDecorator =>
  applyDecorators(
    MaxLength(12),
    Matches(REGION_CODE_PATTERN),
    ApiProperty({ pattern: REGION_CODE_PATTERN.source, maxLength: 12 }),
  );

export const IsItemCode = (): PropertyDecorator =>
  applyDecorators(
    MaxLength(7),
    Matches(ITEM_CODE_PATTERN),
    ApiProperty({ pattern: ITEM_CODE_PATTERN.source, maxLength: 7 }),
  );

/** One line of text of at least one character. */
export const IsLine = (maxLength: number): PropertyDecorator =>
  applyDecorators(IsString(), Length(1, maxLength), Matches(LINE_PATTERN), ApiProperty({ minLength: 1, maxLength }));

export const IsCount = (minimum: number, maximum: number = MAX_QUANTITY_BASE): PropertyDecorator =>
  applyDecorators(IsInt(), Min(minimum), Max(maximum), ApiProperty({ minimum, maximum }));

export const MAX_HOURS = 8_760;
export const MAX_DAYS = 3_650;
/** 10 million yuan for one piece. */
export const MAX_PRICE_FEN = 1_000_000_000;
/** 100 thousand million yuan. */
export const MAX_AMOUNT_FEN = 10_000_000_000_000;
