import { ApiProperty } from '@nestjs/swagger';
import { IsISO8601, IsOptional, IsString, IsUUID, Length, Matches, MaxLength } from 'class-validator';
import { LINE_PATTERN } from '@ledger/platform';
import { DAY_PATTERN } from '../../input/patterns';

const PHONE_PATTERN = /^\+?\d[\d -]{1,18}\d$/;

/** Names who keeps a depot. */
export class AppointKeeperRequest {
  /** The account under which the keeper records. */
  @IsUUID()
  userId!: string;

  @IsString()
  @Length(1, 100)
  @Matches(LINE_PATTERN)
  name!: string;

  @IsString()
  @MaxLength(20)
  @Matches(PHONE_PATTERN)
  phone!: string;

  /** First day; today when left out. */
  @IsOptional()
  @MaxLength(10)
  @Matches(DAY_PATTERN)
  @ApiProperty({ format: 'date' })
  @IsISO8601({ strict: true })
  validFrom?: string;

  /** Last day, where it is known already. */
  @IsOptional()
  @MaxLength(10)
  @Matches(DAY_PATTERN)
  @ApiProperty({ format: 'date' })
  @IsISO8601({ strict: true })
  validTo?: string;
}

export class EndKeeperRequest {
  /** Last day. */
  @MaxLength(10)
  @Matches(DAY_PATTERN)
  @ApiProperty({ format: 'date' })
  @IsISO8601({ strict: true })
  validTo!: string;
}

export class KeeperParam {
  @IsUUID()
  id!: string;

  @IsUUID()
  keeperId!: string;
}

export class KeeperResponse {
  id!: string;
  userId!: string;
  name!: string;
  /** In full for those who may act in the depot, masked for others. */
  phone!: string;
  validFrom!: string;
  validTo!: string | null;
}

export class KeepersResponse {
  items!: KeeperResponse[];
  total!: number;
}
