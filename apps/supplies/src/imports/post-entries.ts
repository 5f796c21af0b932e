import { Injectable } from '@nestjs/common';
import type { Cause, Tx } from '@ledger/platform';
import { RegisterDepotUseCase } from '../depots/register-depot';
import { CreateReserveContractUseCase } from '../reserves/create-reserve-contract';
import type { AgreementSheetRow } from './domain/agreement-row';
import type { DepotSheetRow } from './domain/depot-row';
import { actorOf, type ImportRecord } from './imports.repository';
import type { RowPosting, RowRange } from './row-posting';

/** Whoever enters rows takes them away, so that nobody else does. */
const TAKE = `
  taken AS (DELETE FROM import_rows WHERE import_id = $1 AND position BETWEEN $2 AND $3 AND valid
            RETURNING position, content)`;

const causeOf = ({ id, realm }: ImportRecord): Cause => ({ correlationId: id, causationId: id, realm });

/** Enters depots, as if somebody had entered them one by one. */
@Injectable()
export class PostDepotRows implements RowPosting {
  constructor(private readonly registerDepot: RegisterDepotUseCase) {}

  /** @throws DomainError as RegisterDepotUseCase */
  async post(tx: Tx, record: ImportRecord, { first, last }: RowRange): Promise<number> {
    const rows = await tx.query<{ content: DepotSheetRow }>(
      `WITH ${TAKE} SELECT content FROM taken ORDER BY position`,
      [record.id, first, last],
    );
    const caller = actorOf(record);
    for (const { content } of rows) {
      const request = {
        ...content,
        organisationId: record.organisationId,
        positionBasis: 'sourced',
        capacityRule: 'soft',
      } as const;
      await this.registerDepot.execute(tx, { caller, request }, causeOf(record));
    }
    return rows.length;
  }
}

/** Writes reserve contracts down and puts them in force, as if somebody had entered them one by one. */
@Injectable()
export class PostAgreementRows implements RowPosting {
  constructor(private readonly createContract: CreateReserveContractUseCase) {}

  /** @throws DomainError as CreateReserveContractUseCase */
  async post(tx: Tx, record: ImportRecord, { first, last }: RowRange): Promise<number> {
    const rows = await tx.query<{ content: AgreementSheetRow }>(
      `WITH ${TAKE} SELECT content FROM taken ORDER BY position`,
      [record.id, first, last],
    );
    const caller = actorOf(record);
    for (const { content } of rows) {
      const request = { ...content, serves: [...content.serves], activate: true };
      await this.createContract.execute(tx, { caller, request }, causeOf(record));
    }
    return rows.length;
  }
}

/** Remembers what an organisation calls the items of the catalogue. */
@Injectable()
export class PostItemNameRows implements RowPosting {
  post(tx: Tx, record: ImportRecord, { first, last }: RowRange): Promise<number> {
    const { displayName, userId } = actorOf(record);
    return tx.execute(
      `WITH ${TAKE}
       INSERT INTO import_item_names (organisation_id, normal_name, name, item_code, decided_by, decided_by_id)
       SELECT $4, content ->> 'normalName', content ->> 'name', content ->> 'itemCode', $5, $6 FROM taken
       ORDER BY content ->> 'normalName'
       ON CONFLICT (organisation_id, normal_name) DO UPDATE
         SET name = EXCLUDED.name, item_code = EXCLUDED.item_code, decided_by = EXCLUDED.decided_by,
             decided_by_id = EXCLUDED.decided_by_id, decided_at = now()`,
      [record.id, first, last, record.organisationId, displayName, userId],
    );
  }
}
