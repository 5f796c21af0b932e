import { Injectable } from '@nestjs/common';
import type { Caller } from '@ledger/contracts';
import { Database } from '@ledger/platform';
import { regionPattern } from '../scope';
import type { PersonalDataReadResponse, PersonalDataReadsQuery } from './dto/personal-data.dto';

interface ReadRow extends Omit<PersonalDataReadResponse, 'at'> {
  readonly at: Date;
}

@Injectable()
export class PersonalDataQueries {
  constructor(private readonly database: Database) {}

  /** Reads of data of people whose teams are in the caller's region, the latest first. */
  async reads(caller: Caller, query: PersonalDataReadsQuery): Promise<PersonalDataReadResponse[]> {
    const rows = await this.database.query<ReadRow>(
      `SELECT id, subject_kind AS "subjectKind", subject_id AS "subjectId", region_code AS "regionCode", reader,
              reader_id AS "readerId", reader_region_code AS "readerRegionCode", reason, at
       FROM personal_data_reads
       WHERE region_code LIKE $1 AND ($2::uuid IS NULL OR subject_id = $2) AND ($3::uuid IS NULL OR reader_id = $3)
       ORDER BY at DESC, id DESC LIMIT $4 OFFSET $5`,
      [
        ...[regionPattern(caller.regionCode), query.subjectId ?? null, query.readerId ?? null],
        ...[query.limit, query.offset],
      ],
    );
    return rows.map((row) => ({ ...row, at: row.at.toISOString() }));
  }
}
