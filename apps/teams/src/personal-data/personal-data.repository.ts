import { Injectable } from '@nestjs/common';
import type { Caller } from '@ledger/contracts';
import { newId, type Tx } from '@ledger/platform';

export interface PersonalDataRead {
  readonly subjectKind: 'team-contacts' | 'person';
  readonly subjectId: string;
  /** Of the team whose people they are. */
  readonly regionCode: string;
  readonly reason: string;
}

/** The log of looks at personal data in clear. Whoever answers such data writes the entry in the same transaction. */
@Injectable()
export class PersonalDataRepository {
  /** @returns the id of the entry */
  async recordRead(tx: Tx, caller: Caller, read: PersonalDataRead): Promise<string> {
    const id = newId();
    await tx.execute(
      `INSERT INTO personal_data_reads (id, subject_kind, subject_id, region_code, reader, reader_id,
                                        reader_region_code, reason, at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [
        ...[id, read.subjectKind, read.subjectId, read.regionCode],
        ...[caller.username, caller.userId, caller.regionCode, read.reason, tx.now],
      ],
    );
    return id;
  }
}
