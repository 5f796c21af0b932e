import { IsOptional, IsUUID } from 'class-validator';
import { PageQuery } from '@ledger/platform';

/** Which entries of the log of reads to list. */
export class PersonalDataReadsQuery extends PageQuery {
  /** A team or a person. */
  @IsOptional()
  @IsUUID()
  subjectId?: string;

  @IsOptional()
  @IsUUID()
  readerId?: string;
}

export class PersonalDataReadResponse {
  id!: string;
  subjectKind!: 'team-contacts' | 'person';
  subjectId!: string;
  regionCode!: string;
  reader!: string;
  readerId!: string;
  readerRegionCode!: string;
  reason!: string;
  at!: string;
}

export class PersonalDataReadsResponse {
  items!: PersonalDataReadResponse[];
}
