import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, Matches, Max, MaxLength, Min } from 'class-validator';
import { ITEM_CODE_PATTERN } from '../../input/patterns';
import { MAX_PAPER_LINES } from '../domain/paper';

const SLIP_FORMS = ['own', 'transfer'] as const;

/** Which paper of a movement. */
export class SlipQuery {
  /** `own`: the inbound or outbound slip; `transfer`: the transfer slip of goods that go from depot to depot. */
  @IsOptional()
  @IsIn(SLIP_FORMS)
  form?: (typeof SLIP_FORMS)[number] = 'own';
}

/** Which part of a count to print; all of it when left out, unless that is too long. */
export class SheetQuery {
  /** First line of the list, from 1. */
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(100_000)
  @ApiProperty({ type: 'integer', minimum: 1, maximum: 100_000, required: false })
  fromLine?: number;

  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(MAX_PAPER_LINES)
  @ApiProperty({ type: 'integer', minimum: 1, maximum: MAX_PAPER_LINES, required: false })
  lines?: number;
}

/** Which households of a site to print. */
export class OpenListQuery {
  /** Only those that have not got this item yet. */
  @IsOptional()
  @MaxLength(7)
  @Matches(ITEM_CODE_PATTERN)
  @ApiProperty({ pattern: ITEM_CODE_PATTERN.source, required: false })
  waitingFor?: string;
}
