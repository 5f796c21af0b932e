import { Injectable } from '@nestjs/common';
import { safeInteger, type Tx } from '@ledger/platform';
import type { KnownHousehold, Recipient } from './domain/recipients';
import type { SignedFor } from './domain/signature';
import { NOT_REVERSED } from './households.repository';

export interface ServedHousehold extends Recipient {
  readonly household: KnownHousehold;
  readonly signature?: {
    readonly signerName: string;
    readonly signedFor: SignedFor;
    readonly imagePng?: string;
    readonly reference?: string;
  };
}

/** A household has at least one person in a priority group. Joins `household`. */
export const HAS_PRIORITY = `
  household.elderly_count + household.child_count + household.pregnant_count + household.disabled_count
  + household.sick_count > 0`;

/** Writes who got what in a hand-out. */
@Injectable()
export class HandoutListsRepository {
  async insert(tx: Tx, handoutId: string, served: readonly ServedHousehold[]): Promise<void> {
    await tx.execute(
      `INSERT INTO handout_recipients (handout_id, household_id, people_count, priority, repeat_reason)
       SELECT $1, recipient.* FROM unnest($2::uuid[], $3::int[], $4::boolean[], $5::text[]) AS recipient`,
      [
        handoutId,
        served.map(({ householdId }) => householdId),
        served.map(({ household }) => household.peopleCount),
        served.map(({ household }) => household.isPriority),
        served.map(({ repeatReason }) => repeatReason ?? null),
      ],
    );
    const given = served.flatMap(({ householdId, lines }) => lines.map((line) => ({ householdId, ...line })));
    await tx.execute(
      `INSERT INTO handout_recipient_lines (handout_id, household_id, line_id, quantity_base)
       SELECT $1, line.* FROM unnest($2::uuid[], $3::uuid[], $4::bigint[]) AS line`,
      [
        handoutId,
        given.map(({ householdId }) => householdId),
        given.map(({ lineId }) => lineId),
        given.map(({ quantityBase }) => quantityBase),
      ],
    );
    await this.insertSignatures(tx, handoutId, served);
  }

  private async insertSignatures(tx: Tx, handoutId: string, served: readonly ServedHousehold[]): Promise<void> {
    const signed = served.flatMap(({ householdId, signature }) => (signature ? { householdId, ...signature } : []));
    if (signed.length === 0) return;
    await tx.execute(
      `INSERT INTO handout_signatures (handout_id, household_id, signer_name, signed_for, image, reference)
       SELECT $1, household_id, signer_name, signed_for, decode(image, 'base64'), reference
       FROM unnest($2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[])
         AS signature (household_id, signer_name, signed_for, image, reference)`,
      [
        handoutId,
        signed.map(({ householdId }) => householdId),
        signed.map(({ signerName }) => signerName),
        signed.map(({ signedFor }) => signedFor),
        signed.map(({ imagePng }) => imagePng ?? null),
        signed.map(({ reference }) => reference ?? null),
      ],
    );
  }

  /** Items that households outside the priority groups got in a hand-out while others within them wait at the site. */
  async priorityWaiting(
    tx: Tx,
    siteId: string,
    handoutId: string,
  ): Promise<{ itemCode: string; priorityWaiting: number }[]> {
    const rows = await tx.query<{ item_code: string; waiting: string }>(
      `WITH given AS (
         SELECT DISTINCT line.item_code
         FROM handout_recipient_lines AS part
         JOIN handout_recipients AS recipient USING (handout_id, household_id)
         JOIN handout_lines AS line USING (handout_id, line_id)
         WHERE part.handout_id = $2 AND NOT recipient.priority)
       SELECT given.item_code, count(*) AS waiting
       FROM given CROSS JOIN households AS household
       WHERE household.site_id = $1 AND ${HAS_PRIORITY} AND NOT EXISTS (
         SELECT 1 FROM handout_recipient_lines AS part
         JOIN handout_lines AS line USING (handout_id, line_id)
         JOIN handouts AS handout ON handout.id = part.handout_id
         WHERE part.household_id = household.id AND line.item_code = given.item_code AND ${NOT_REVERSED})
       GROUP BY given.item_code ORDER BY given.item_code`,
      [siteId, handoutId],
    );
    return rows.map((row) => ({ itemCode: row.item_code, priorityWaiting: safeInteger(row.waiting) }));
  }

  /** The lines of a hand-out of this place, or undefined when there is none. */
  async linesOf(
    tx: Tx,
    place: { readonly siteId: string; readonly allocationId: string },
    handoutId: string,
  ): Promise<ReadonlySet<string> | undefined> {
    const rows = await tx.query<{ line_id: string }>(
      `SELECT line.line_id FROM handouts AS handout JOIN handout_lines AS line ON line.handout_id = handout.id
       WHERE handout.id = $1 AND handout.site_id = $2 AND handout.allocation_id = $3`,
      [handoutId, place.siteId, place.allocationId],
    );
    return rows.length === 0 ? undefined : new Set(rows.map((row) => row.line_id));
  }

  async linkRemainder(tx: Tx, returnId: string, handoutId: string): Promise<void> {
    await tx.execute('INSERT INTO handout_remainders (return_id, handout_id) VALUES ($1, $2)', [returnId, handoutId]);
  }
}
