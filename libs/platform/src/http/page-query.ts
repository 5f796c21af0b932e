import { Type } from 'class-transformer';
import { IsInt, IsUUID, Max, Min } from 'class-validator';

/** The part of a list to answer. */
export class PageQuery {
  /** Rows to answer, at most 200. */
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(200)
  limit: number = 50;

  /** Rows to leave out before. */
  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(100_000)
  offset: number = 0;
}

/** A path parameter that names one row. */
export class IdParam {
  @IsUUID()
  id!: string;
}
