import { Injectable } from '@nestjs/common';
import { DomainError, type Caller } from '@ledger/contracts';
import { newId, safeInteger, type Tx } from '@ledger/platform';
import { mayActAt, type Place } from '../scope';
import type { Recorder } from '../stock/domain/recorder';
import { nextDonationState, type DonationEvent, type DonationState } from './domain/donation-state';
import type { Purpose } from './domain/purpose';
import type { RefusalReason } from './dto/donation-intake.dto';

export interface DonationLine {
  readonly lineId: string;
  readonly position: number;
  readonly itemCode: string;
  readonly declaredBase: number;
  readonly valueFen: number;
  readonly decision: 'open' | 'accepted' | 'refused';
  readonly receivedBase: number;
  readonly lotId: string | null;
}

export interface Donation extends Place {
  readonly id: string;
  readonly number: string;
  readonly traceCode: string;
  readonly state: DonationState;
  readonly depotId: string;
  readonly purpose: Purpose;
  readonly moneyFen: number | null;
  readonly actedFirst: boolean;
  readonly recordedById: string;
  readonly certificateNumber: string | null;
  readonly certifiedAt: Date | null;
  readonly lines: readonly DonationLine[];
}

export interface Donor {
  readonly kind: 'person' | 'organisation';
  readonly anonymous: boolean;
  readonly name: string | null;
  readonly phone: string | null;
  readonly address: string | null;
  readonly publishName: boolean;
}

export interface NewDonation {
  readonly traceCode: string;
  readonly depotId: string;
  readonly place: Place;
  readonly purpose: Purpose;
  readonly moneyFen: number | null;
  readonly recordedBy: Recorder;
  readonly donor: Donor;
  readonly lines: readonly { readonly itemCode: string; readonly quantityBase: number; readonly valueFen: number }[];
}

export interface LineDecision {
  readonly lineId: string;
  readonly accept: boolean;
  readonly refusalReason: RefusalReason | null;
  readonly note: string | null;
}

/** What was received of a line: a lot of its own. */
export interface ReceivedLine {
  readonly lineId: string;
  readonly lotId: string;
  readonly quantityBase: number;
}

type DonationRow = Omit<Donation, 'purpose' | 'moneyFen' | 'lines'> &
  PurposeColumns & { readonly moneyFen: string | null };
type LineRow = Omit<DonationLine, 'declaredBase' | 'valueFen' | 'receivedBase'> &
  Record<'declaredBase' | 'valueFen' | 'receivedBase', string>;

const SELECT = `
  SELECT id, number, trace_code AS "traceCode", state, depot_id AS "depotId", region_code AS "regionCode",
         organisation_id AS "organisationId", money_fen AS "moneyFen", acted_first AS "actedFirst",
         recorded_by_id AS "recordedById", certificate_number AS "certificateNumber", certified_at AS "certifiedAt",
         purpose_kind AS "purposeKind", purpose_region_code AS "purposeRegionCode",
         purpose_incident_id AS "purposeIncidentId", purpose_group AS "purposeGroup"
  FROM donations WHERE id = $1 FOR UPDATE`;

/** Writes donations. They are locked before approvals, depots and balances. */
@Injectable()
export class DonationsRepository {
  async insert(tx: Tx, donation: NewDonation): Promise<string> {
    const id = newId();
    const { purpose, place, recordedBy, donor } = donation;
    await tx.execute(
      `INSERT INTO donations (id, number, trace_code, state, depot_id, region_code, organisation_id, purpose_kind,
                              purpose_region_code, purpose_incident_id, purpose_group, money_fen, recorded_by, recorded_by_id)
       VALUES ($1, 'DON-' || to_char(now() AT TIME ZONE 'Asia/Shanghai', 'YYYY') || '-'
                   || lpad(nextval('donation_numbers')::text, 6, '0'),
               $2, 'declared', $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
      [
        ...[id, donation.traceCode, donation.depotId, place.regionCode, place.organisationId, purpose.kind],
        ...[purpose.regionCode, purpose.incidentId, purpose.group, donation.moneyFen],
        ...[recordedBy.name, recordedBy.userId],
      ],
    );
    await tx.execute(
      `INSERT INTO donation_donors (donation_id, kind, anonymous, name, phone, address, publish_name)
       VALUES ($1, $2, $3, $4, $5, $6, $7)`,
      [id, donor.kind, donor.anonymous, donor.name, donor.phone, donor.address, donor.publishName],
    );
    await tx.execute(
      `INSERT INTO donation_lines (donation_id, id, position, item_code, declared_base, value_fen)
       SELECT $1, line.* FROM unnest($2::uuid[], $3::integer[], $4::text[], $5::bigint[], $6::bigint[]) AS line`,
      [
        id,
        donation.lines.map(() => newId()),
        donation.lines.map((_, index) => index + 1),
        donation.lines.map(({ itemCode }) => itemCode),
        donation.lines.map(({ quantityBase }) => quantityBase),
        donation.lines.map(({ valueFen }) => valueFen),
      ],
    );
    return id;
  }

  /** @returns the codes among these that the catalogue has */
  async knownItems(tx: Tx, itemCodes: readonly string[]): Promise<Set<string>> {
    const rows = await tx.query<{ code: string }>('SELECT code FROM items WHERE code = ANY($1)', [itemCodes]);
    return new Set(rows.map(({ code }) => code));
  }

  /**
   * A donation to a depot that the caller may act for, locked, with its lines.
   * @throws DomainError SUPPLIES_DONATION_NOT_FOUND
   */
  async lockFor(tx: Tx, caller: Caller, id: string): Promise<Donation> {
    const donation = await this.lock(tx, id);
    if (!donation || !mayActAt(caller, donation)) throw new DomainError('SUPPLIES_DONATION_NOT_FOUND');
    return donation;
  }

  async lock(tx: Tx, id: string): Promise<Donation | undefined> {
    const [row] = await tx.query<DonationRow>(SELECT, [id]);
    if (!row) return undefined;
    const lines = await tx.query<LineRow>(
      `SELECT id AS "lineId", position, item_code AS "itemCode", declared_base AS "declaredBase", value_fen AS "valueFen",
              decision, received_base AS "receivedBase", lot_id AS "lotId"
       FROM donation_lines WHERE donation_id = $1 ORDER BY position`,
      [id],
    );
    return donationOf(row, lines.map(lineOf));
  }

  async setState(tx: Tx, id: string, state: DonationState, endReason?: string): Promise<void> {
    await tx.execute('UPDATE donations SET state = $2, end_reason = coalesce($3, end_reason) WHERE id = $1', [
      id,
      state,
      endReason ?? null,
    ]);
  }

  async accept(tx: Tx, id: string, actedFirst: boolean): Promise<void> {
    await tx.execute(`UPDATE donations SET state = 'accepted', accepted_at = now(), acted_first = $2 WHERE id = $1`, [
      id,
      actedFirst,
    ]);
  }

  async decideLines(tx: Tx, decisions: readonly LineDecision[]): Promise<void> {
    await tx.execute(
      `UPDATE donation_lines AS line
       SET decision = CASE WHEN decided.accept THEN 'accepted' ELSE 'refused' END,
           refusal_reason = decided.reason, refusal_note = decided.note
       FROM unnest($1::uuid[], $2::boolean[], $3::text[], $4::text[]) AS decided (id, accept, reason, note)
       WHERE line.id = decided.id`,
      [
        decisions.map(({ lineId }) => lineId),
        decisions.map(({ accept }) => accept),
        decisions.map(({ accept, refusalReason }) => (accept ? null : refusalReason)),
        decisions.map(({ note }) => note),
      ],
    );
  }

  async setReceived(tx: Tx, lines: readonly ReceivedLine[]): Promise<void> {
    await tx.execute(
      `UPDATE donation_lines AS line SET received_base = came.received_base, lot_id = came.lot_id
       FROM unnest($1::uuid[], $2::bigint[], $3::uuid[]) AS came (id, received_base, lot_id) WHERE line.id = came.id`,
      [
        lines.map(({ lineId }) => lineId),
        lines.map(({ quantityBase }) => quantityBase),
        lines.map(({ lotId }) => lotId),
      ],
    );
  }

  /** What a receipt brought is not there any more; the line waits for its goods again. */
  async clearReceived(tx: Tx, lineIds: readonly string[]): Promise<void> {
    await tx.execute('UPDATE donation_lines SET received_base = 0, lot_id = NULL WHERE id = ANY($1)', [lineIds]);
  }

  async insertReceipt(
    tx: Tx,
    receipt: { readonly donationId: string; readonly movementId: string; readonly recordedBy: Recorder },
    lines: readonly ReceivedLine[],
  ): Promise<string> {
    const id = newId();
    await tx.execute(
      `INSERT INTO donation_receipts (id, donation_id, movement_id, recorded_by, recorded_by_id)
       VALUES ($1, $2, $3, $4, $5)`,
      [id, receipt.donationId, receipt.movementId, receipt.recordedBy.name, receipt.recordedBy.userId],
    );
    await tx.execute(
      `INSERT INTO donation_receipt_lines (receipt_id, line_id, lot_id, quantity_base)
       SELECT $1, line.* FROM unnest($2::uuid[], $3::uuid[], $4::bigint[]) AS line`,
      [
        id,
        lines.map(({ lineId }) => lineId),
        lines.map(({ lotId }) => lotId),
        lines.map(({ quantityBase }) => quantityBase),
      ],
    );
    return id;
  }

  /** What a movement brought in of a donation, if it did. */
  async receiptOf(tx: Tx, movementId: string): Promise<{ donationId: string; lineIds: string[] } | undefined> {
    const rows = await tx.query<{ donationId: string; lineId: string }>(
      `SELECT receipt.donation_id AS "donationId", part.line_id AS "lineId"
       FROM donation_receipts AS receipt JOIN donation_receipt_lines AS part ON part.receipt_id = receipt.id
       WHERE receipt.movement_id = $1`,
      [movementId],
    );
    return rows[0] && { donationId: rows[0].donationId, lineIds: rows.map(({ lineId }) => lineId) };
  }

  /** Gives the donation its certificate; the number is drawn once. */
  async certify(tx: Tx, id: string): Promise<{ certificateNumber: string; certifiedAt: Date }> {
    const [row] = await tx.query<{ certificateNumber: string; certifiedAt: Date }>(
      `UPDATE donations SET certified_at = now(),
              certificate_number = 'DC-' || to_char(now() AT TIME ZONE 'Asia/Shanghai', 'YYYY') || '-'
                                   || lpad(nextval('donation_certificate_numbers')::text, 6, '0')
       WHERE id = $1 RETURNING certificate_number AS "certificateNumber", certified_at AS "certifiedAt"`,
      [id],
    );
    return row;
  }

  /** Forgets who gave, and keeps that and what was given. */
  async eraseDonor(tx: Tx, id: string): Promise<Date> {
    const [{ erasedAt }] = await tx.query<{ erasedAt: Date }>(
      `UPDATE donation_donors SET anonymous = true, publish_name = false, name = NULL, phone = NULL, address = NULL,
              erased_at = coalesce(erased_at, now())
       WHERE donation_id = $1 RETURNING erased_at AS "erasedAt"`,
      [id],
    );
    return erasedAt;
  }
}

interface PurposeColumns {
  readonly purposeKind: Purpose['kind'];
  readonly purposeRegionCode: string | null;
  readonly purposeIncidentId: string | null;
  readonly purposeGroup: string | null;
}

/**
 * The state of a donation after an event.
 * @throws DomainError SUPPLIES_DONATION_TRANSITION_FORBIDDEN
 */
export function stateAfter({ state }: Pick<Donation, 'state'>, event: DonationEvent): DonationState {
  const next = nextDonationState(state, event);
  if (!next) throw new DomainError('SUPPLIES_DONATION_TRANSITION_FORBIDDEN', { facts: { state, event } });
  return next;
}

function donationOf(row: DonationRow, lines: DonationLine[]): Donation {
  const { purposeKind: kind, purposeRegionCode, purposeIncidentId, purposeGroup, moneyFen, ...facts } = row;
  return {
    ...facts,
    purpose: { kind, regionCode: purposeRegionCode, incidentId: purposeIncidentId, group: purposeGroup },
    moneyFen: moneyFen === null ? null : safeInteger(moneyFen),
    lines,
  };
}

const lineOf = (row: LineRow): DonationLine => ({
  ...row,
  declaredBase: safeInteger(row.declaredBase),
  valueFen: safeInteger(row.valueFen),
  receivedBase: safeInteger(row.receivedBase),
});
