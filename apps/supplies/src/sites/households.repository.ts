import { Injectable } from '@nestjs/common';
import type { Caller } from '@ledger/contracts';
import { newId, type Tx } from '@ledger/platform';
import { newSalt } from './document-hash';
import { isPriority, type PriorityGroups } from './domain/priority';
import type { KnownHousehold } from './domain/recipients';
import type { Site } from './sites.repository';

/** A household as it is written; the number of a document is a hash by now. */
export interface HouseholdEntry extends PriorityGroups {
  readonly headName: string;
  readonly phone: string | null;
  readonly documentHash: string | null;
  readonly documentTail: string | null;
  readonly peopleCount: number;
  readonly listReference: string | null;
}

export interface RegisteredHousehold {
  readonly id: string;
  readonly documentHash: string | null;
  readonly listReference: string | null;
}

/** A hand-out that was undone does not count. $-free: joins `handout`. */
export const NOT_REVERSED = `NOT EXISTS (
  SELECT 1 FROM movements AS reversal WHERE reversal.reverses_movement_id = handout.movement_id)`;

const columnsOf = (households: readonly HouseholdEntry[]): unknown[] => [
  households.map(({ headName }) => headName),
  households.map(({ phone }) => phone),
  households.map((household) => household.documentHash),
  households.map((household) => household.documentTail),
  households.map(({ peopleCount }) => peopleCount),
  households.map(({ elderlyCount }) => elderlyCount),
  households.map(({ childCount }) => childCount),
  households.map(({ pregnantCount }) => pregnantCount),
  households.map(({ disabledCount }) => disabledCount),
  households.map(({ sickCount }) => sickCount),
  households.map(({ listReference }) => listReference),
];

const COLUMNS = `head_name, phone, document_hash, document_tail, people_count, elderly_count, child_count,
                 pregnant_count, disabled_count, sick_count, list_reference`;
const ENTRIES = (first: number): string => {
  const types = ['text', 'text', 'text', 'text', 'int', 'int', 'int', 'int', 'int', 'int', 'text'];
  return `unnest(${types.map((type, index) => `$${first + index}::${type}[]`).join(', ')})`;
};
const NEW_FACTS = (row: string): string =>
  `head_name = ${row}.head_name, phone = coalesce(${row}.phone, household.phone), people_count = ${row}.people_count,
   elderly_count = ${row}.elderly_count, child_count = ${row}.child_count, pregnant_count = ${row}.pregnant_count,
   disabled_count = ${row}.disabled_count, sick_count = ${row}.sick_count, erased_at = NULL`;

/** Writes the registers of households. They are locked after the site and before balances. */
@Injectable()
export class HouseholdsRepository {
  /** The salt of an incident's register, which is opened when there is none. */
  async saltOf(tx: Tx, incidentId: string): Promise<string> {
    await tx.execute('INSERT INTO household_registers (incident_id, salt) VALUES ($1, $2) ON CONFLICT DO NOTHING', [
      incidentId,
      newSalt(),
    ]);
    const [{ salt }] = await tx.query<{ salt: string }>('SELECT salt FROM household_registers WHERE incident_id = $1', [
      incidentId,
    ]);
    return salt;
  }

  /** Households that the register knows by a document, or the site by a row of its list; locked. */
  async known(tx: Tx, site: Site, entries: readonly HouseholdEntry[]): Promise<RegisteredHousehold[]> {
    const present = (values: readonly (string | null)[]): string[] => values.flatMap((value) => value ?? []);
    return tx.query<RegisteredHousehold>(
      `SELECT id, document_hash AS "documentHash", list_reference AS "listReference" FROM households
       WHERE incident_id = $1 AND (document_hash = ANY($3) OR (site_id = $2 AND list_reference = ANY($4)))
       ORDER BY id FOR UPDATE`,
      [
        site.incidentId,
        site.id,
        present(entries.map((entry) => entry.documentHash)),
        present(entries.map(({ listReference }) => listReference)),
      ],
    );
  }

  async update(tx: Tx, households: readonly (HouseholdEntry & { readonly id: string })[]): Promise<void> {
    if (households.length === 0) return;
    await tx.execute(
      `UPDATE households AS household SET ${NEW_FACTS('entry')},
              document_hash = coalesce(household.document_hash, entry.document_hash),
              document_tail = coalesce(household.document_tail, entry.document_tail)
       FROM (SELECT * FROM unnest($1::uuid[]) WITH ORDINALITY AS named (id, place)
             JOIN (SELECT * FROM ${ENTRIES(2)} WITH ORDINALITY AS entry (${COLUMNS}, place)) AS entry USING (place)) AS entry
       WHERE household.id = entry.id`,
      [households.map(({ id }) => id), ...columnsOf(households)],
    );
  }

  /**
   * Adds households. One that another site of the incident adds at the same moment under the same document is the same.
   * @returns their ids, in the order given
   */
  async insert(tx: Tx, site: Site, entries: readonly HouseholdEntry[], caller: Caller): Promise<string[]> {
    if (entries.length === 0) return [];
    const ids = entries.map(() => newId());
    const rows = await tx.query<{ id: string; document_hash: string | null }>(
      `INSERT INTO households AS household (id, incident_id, site_id, region_code, registered_by, registered_by_id, ${COLUMNS})
       SELECT named.id, $2, $3, $4, $5, $6, ${COLUMNS}
       FROM unnest($1::uuid[]) WITH ORDINALITY AS named (id, place)
       JOIN (SELECT * FROM ${ENTRIES(7)} WITH ORDINALITY AS entry (${COLUMNS}, place)) AS entry USING (place)
       ORDER BY document_hash
       ON CONFLICT (incident_id, document_hash) WHERE document_hash IS NOT NULL DO UPDATE SET ${NEW_FACTS('EXCLUDED')}
       RETURNING id, document_hash`,
      [ids, site.incidentId, site.id, site.regionCode, caller.displayName, caller.userId, ...columnsOf(entries)],
    );
    const byDocument = new Map(rows.map((row) => [row.document_hash, row.id]));
    return entries.map((entry, index) =>
      entry.documentHash ? (byDocument.get(entry.documentHash) as string) : ids[index],
    );
  }

  /**
   * The named households of an incident, locked, with what they got before.
   * @returns those that the incident's register has, by id
   */
  async lock(
    tx: Tx,
    { incidentId, allocationId }: { readonly incidentId: string; readonly allocationId: string },
    householdIds: readonly string[],
  ): Promise<Map<string, KnownHousehold>> {
    const rows = await tx.query<PriorityGroups & { id: string; peopleCount: number }>(
      `SELECT id, people_count AS "peopleCount", elderly_count AS "elderlyCount", child_count AS "childCount",
              pregnant_count AS "pregnantCount", disabled_count AS "disabledCount", sick_count AS "sickCount"
       FROM households WHERE incident_id = $1 AND id = ANY($2) ORDER BY id FOR UPDATE`,
      [incidentId, householdIds],
    );
    const history = await this.history(
      tx,
      allocationId,
      rows.map(({ id }) => id),
    );
    return new Map(
      rows.map((row) => {
        const own = history.filter(({ householdId }) => householdId === row.id);
        const known = {
          id: row.id,
          peopleCount: row.peopleCount,
          isPriority: isPriority(row),
          itemsBefore: new Set(own.map(({ itemCode }) => itemCode)),
          reachedBefore: own.some(({ sameAllocation }) => sameAllocation),
        };
        return [row.id, known];
      }),
    );
  }

  private history(
    tx: Tx,
    allocationId: string,
    householdIds: readonly string[],
  ): Promise<{ householdId: string; itemCode: string; sameAllocation: boolean }[]> {
    return tx.query(
      `SELECT DISTINCT given.household_id AS "householdId", line.item_code AS "itemCode",
              handout.allocation_id = $1 AS "sameAllocation"
       FROM handout_recipient_lines AS given
       JOIN handout_lines AS line ON line.handout_id = given.handout_id AND line.line_id = given.line_id
       JOIN handouts AS handout ON handout.id = given.handout_id
       WHERE given.household_id = ANY($2) AND ${NOT_REVERSED}`,
      [allocationId, householdIds],
    );
  }
}
