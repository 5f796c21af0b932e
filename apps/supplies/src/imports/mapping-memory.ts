import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Caller } from '@ledger/contracts';
import type { Tx } from '@ledger/platform';
import type { ImportKind } from './domain/import-kinds';
import type { Mapping } from './domain/mapping';

interface Form {
  readonly organisationId: string;
  readonly kind: ImportKind;
}

/** What the columns of a form meant the last time an organisation used it. */
@Injectable()
export class MappingMemory {
  /** @param fingerprint  of the headings; a sheet without headings is never known again */
  async recall(tx: Tx, { organisationId, kind }: Form, fingerprint: string): Promise<Mapping | undefined> {
    if (fingerprint === '') return undefined;
    const [row] = await tx.query<{ mapping: Mapping }>(
      'SELECT mapping FROM import_mappings WHERE organisation_id = $1 AND kind = $2 AND fingerprint = $3',
      [organisationId, kind, keyOf(fingerprint)],
    );
    return row?.mapping;
  }

  async remember(tx: Tx, { organisationId, kind }: Form, fingerprint: string, mapping: Mapping, caller: Caller) {
    if (fingerprint === '') return;
    await tx.execute(
      `INSERT INTO import_mappings (organisation_id, kind, fingerprint, mapping, saved_by, saved_by_id)
       VALUES ($1, $2, $3, $4, $5, $6)
       ON CONFLICT (organisation_id, kind, fingerprint) DO UPDATE
         SET mapping = EXCLUDED.mapping, saved_by = EXCLUDED.saved_by, saved_by_id = EXCLUDED.saved_by_id,
             saved_at = now()`,
      [organisationId, kind, keyOf(fingerprint), JSON.stringify(mapping), caller.displayName, caller.userId],
    );
  }
}

/** Headings may be long; their hash is what they are looked up by. */
const keyOf = (fingerprint: string): string => createHash('sha256').update(fingerprint).digest('hex');
