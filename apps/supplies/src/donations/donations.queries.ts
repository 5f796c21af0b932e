import { Injectable } from '@nestjs/common';
import { DomainError, mayDo, type Caller } from '@ledger/contracts';
import { Database, safeInteger } from '@ledger/platform';
import { ApprovalsQueries } from '../approvals/approvals.queries';
import { maskName } from '../purchasing/domain/mask-contact';
import { regionPattern } from '../scope';
import type {
  DonationAllocationResponse,
  DonationDetailResponse,
  DonationLineResponse,
  DonationResponse,
  DonationsQuery,
  DonationsResponse,
  DonorResponse,
} from './dto/donation.dto';

type DonationRow = Omit<DonationResponse, 'moneyFen' | 'recordedAt' | 'acceptedAt'> & {
  readonly moneyFen: string | null;
  readonly recordedAt: Date;
  readonly acceptedAt: Date | null;
  readonly total: string;
};

const SELECT = `
  SELECT donation.id AS "donationId", donation.number, donation.state, donation.depot_id AS "depotId",
         depot.code AS "depotCode", donation.region_code AS "regionCode",
         json_build_object('kind', donation.purpose_kind, 'regionCode', donation.purpose_region_code,
                           'incidentId', donation.purpose_incident_id, 'group', donation.purpose_group) AS purpose,
         donation.money_fen AS "moneyFen", donation.acted_first AS "actedFirst", donation.recorded_by AS "recordedBy",
         donation.recorded_at AS "recordedAt", donation.accepted_at AS "acceptedAt", donation.end_reason AS "endReason",
         donation.certificate_number AS "certificateNumber", count(*) OVER () AS total
  FROM donations AS donation JOIN depots AS depot ON depot.id = donation.depot_id`;

const LINES = `
  SELECT json_build_object(
           'lineId', line.id, 'itemCode', line.item_code, 'nameZh', item.name_zh, 'unit', item.unit,
           'declaredBase', line.declared_base, 'valueFen', line.value_fen, 'decision', line.decision,
           'refusalReason', line.refusal_reason, 'refusalNote', line.refusal_note, 'receivedBase', line.received_base,
           'lotId', line.lot_id, 'batchNumber', lot.batch_number, 'bound', coalesce(lot.purpose_bound, false)) AS line
  FROM donation_lines AS line JOIN items AS item ON item.code = line.item_code LEFT JOIN lots AS lot ON lot.id = line.lot_id
  WHERE line.donation_id = $1 ORDER BY line.position`;

const ALLOCATIONS = `
  SELECT allocation.id AS "allocationId", allocation.line_id AS "lineId", allocation.movement_id AS "movementId",
         allocation.quantity_base::float8 AS "quantityBase", allocation.region_code AS "regionCode",
         allocation.incident_id AS "incidentId", allocation.group_code AS "group", allocation.receiver,
         allocation.allocated_at AS "allocatedAt", allocation.recorded_by AS "recordedBy",
         EXISTS (SELECT 1 FROM movements AS reversal
                 WHERE reversal.reverses_movement_id = allocation.movement_id) AS undone
  FROM donation_allocations AS allocation WHERE allocation.donation_id = $1
  ORDER BY allocation.allocated_at, allocation.id LIMIT 200`;

/** Reads of donations, for the people who deal with them. */
@Injectable()
export class DonationsQueries {
  constructor(
    private readonly database: Database,
    private readonly approvals: ApprovalsQueries,
  ) {}

  /** The latest first. */
  async donations(caller: Caller, query: DonationsQuery): Promise<DonationsResponse> {
    const rows = await this.database.query<DonationRow>(
      `${SELECT} WHERE donation.region_code LIKE $1 AND ($2::text IS NULL OR donation.state = $2)
         AND ($3::uuid IS NULL OR donation.depot_id = $3)
       ORDER BY donation.number DESC LIMIT $4 OFFSET $5`,
      [
        ...[regionPattern(query.region ?? caller.regionCode), query.state ?? null, query.depotId ?? null],
        ...[query.limit, query.offset],
      ],
    );
    return { items: rows.map(donationOf), total: rows[0] ? safeInteger(rows[0].total) : 0 };
  }

  /** @throws DomainError SUPPLIES_DONATION_NOT_FOUND, also for a donation of another region */
  async donation(caller: Caller, id: string): Promise<DonationDetailResponse> {
    const [row] = await this.database.query<DonationRow>(
      `${SELECT} WHERE donation.id = $1 AND donation.region_code LIKE $2`,
      [id, regionPattern(caller.regionCode)],
    );
    if (!row) throw new DomainError('SUPPLIES_DONATION_NOT_FOUND');
    const [donor] = await this.database.query<Omit<DonorResponse, 'masked'> & { traceCode: string }>(
      `SELECT donor.kind, donor.anonymous, donor.name, donor.phone, donor.address, donor.publish_name AS "publishName",
              donation.trace_code AS "traceCode"
       FROM donation_donors AS donor JOIN donations AS donation ON donation.id = donor.donation_id
       WHERE donor.donation_id = $1`,
      [id],
    );
    const lines = await this.database.query<{ line: DonationLineResponse }>(LINES, [id]);
    const allocations = await this.database.query<
      Omit<DonationAllocationResponse, 'allocatedAt'> & { allocatedAt: Date }
    >(ALLOCATIONS, [id]);
    const { traceCode, ...person } = donor;
    const isOpen = mayDo(caller.roles, 'donation.approve');
    return {
      ...donationOf(row),
      traceCode: isOpen ? traceCode : null,
      donor: isOpen ? { ...person, masked: false } : masked(person),
      lines: lines.map(({ line }) => line),
      allocations: allocations.map((each) => ({ ...each, allocatedAt: each.allocatedAt.toISOString() })),
      approvals: await this.approvals.ofSubject('donation', id),
    };
  }
}

/** A keeper or an auditor sees that there is a donor, not who it is. */
const masked = (donor: Omit<DonorResponse, 'masked'>): DonorResponse => ({
  ...donor,
  name: donor.name && maskName(donor.name),
  phone: null,
  address: null,
  masked: true,
});

const donationOf = ({ total: _total, ...row }: DonationRow): DonationResponse => ({
  ...row,
  moneyFen: row.moneyFen === null ? null : safeInteger(row.moneyFen),
  recordedAt: row.recordedAt.toISOString(),
  acceptedAt: row.acceptedAt?.toISOString() ?? null,
});
