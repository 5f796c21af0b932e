import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, IsUUID, Max, Min } from 'class-validator';

/** The part of a list to answer. */
export class PageQuery {
  /** Rows to answer, at most 200. */
  @ApiProperty({ type: 'integer', minimum: 1, maximum: 200, default: 50, required: false })
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(200)
  limit: number = 50;

  /** Rows to leave out before. */
  @ApiProperty({ type: 'integer', minimum: 0, maximum: 100_000, default: 0, required: false })
  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(100_000)
  offset: number = 0;
}

/** A path parameter that names one row. */
export class IdParam {
  @ApiProperty({ format: 'uuid', minLength: 36, maxLength: 36 })
  @IsUUID()
  id!: string;
}
