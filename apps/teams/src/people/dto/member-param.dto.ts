import { ApiProperty } from '@nestjs/swagger';
import { IsUUID } from 'class-validator';
import { IdParam } from '@ledger/platform';

/** A team and one of its people, in the path. */
export class MemberParam extends IdParam {
  @ApiProperty({ format: 'uuid', minLength: 36, maxLength: 36 })
  @IsUUID()
  personId!: string;
}
