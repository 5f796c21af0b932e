import { Injectable } from '@nestjs/common';
import { DomainError, type Caller } from '@ledger/contracts';
import { Database, safeInteger } from '@ledger/platform';
import { regionPattern } from '../scope';
import type {
  ScrapProposalResponse,
  ScrapProposalsQuery,
  ScrapProposalsResponse,
  SendBackEntryResponse,
  SendBacksQuery,
  SendBacksResponse,
} from './dto/scrap.dto';

type ProposalRecord = Omit<
  ScrapProposalResponse,
  'quantityBase' | 'residualValueFen' | 'bookValueFen' | 'proposedAt' | 'dueAt' | 'decidedAt'
> & {
  readonly quantityBase: string;
  readonly residualValueFen: string;
  readonly bookValueFen: string | null;
  readonly proposedAt: Date;
  readonly dueAt: Date;
  readonly decidedAt: Date | null;
};

const REVERSED = `EXISTS (SELECT 1 FROM movements AS reversal WHERE reversal.reverses_movement_id = record.movement_id)
  AS reversed`;

const PROPOSALS = `
  SELECT record.id, record.depot_id AS "depotId", depot.code AS "depotCode", record.lot_id AS "lotId",
         lot.item_code AS "itemCode", lot.batch_number AS "batchNumber", lot.serial_number AS "serialNumber",
         record.quantity_base AS "quantityBase", record.state, record.reason, record.note,
         record.residual_value_fen AS "residualValueFen", record.book_value_fen AS "bookValueFen", record.appraisers,
         record.appraisal_method AS "appraisalMethod", record.document_number AS "documentNumber",
         record.held_movement_id AS "heldMovementId", record.proposed_by AS "proposedBy",
         record.proposed_at AS "proposedAt", record.due_at AS "dueAt", record.decided_by AS "decidedBy",
         record.decided_at AS "decidedAt", record.decision_note AS "decisionNote", record.movement_id AS "movementId",
         ${REVERSED}, count(*) OVER () AS total
  FROM scrap_proposals AS record
  JOIN depots AS depot ON depot.id = record.depot_id JOIN lots AS lot ON lot.id = record.lot_id`;

const SEND_BACKS = `
  SELECT record.id, record.depot_id AS "depotId", depot.code AS "depotCode", record.lot_id AS "lotId",
         lot.item_code AS "itemCode", lot.batch_number AS "batchNumber", record.quantity_base AS "quantityBase",
         record.sent_to AS "sentTo", record.reason, record.document_number AS "documentNumber",
         record.movement_id AS "movementId", ${REVERSED}, record.recorded_by AS "recordedBy",
         record.recorded_at AS "recordedAt", count(*) OVER () AS total
  FROM scrap_send_backs AS record
  JOIN depots AS depot ON depot.id = record.depot_id JOIN lots AS lot ON lot.id = record.lot_id`;

/** Reads of what was scrapped and what went back. */
@Injectable()
export class ScrapQueries {
  constructor(private readonly database: Database) {}

  /** The latest first. */
  async proposals(caller: Caller, query: ScrapProposalsQuery): Promise<ScrapProposalsResponse> {
    const rows = await this.database.query<ProposalRecord & { total: string }>(
      `${PROPOSALS}
       WHERE depot.region_code LIKE $1 AND ($2::uuid IS NULL OR record.depot_id = $2)
         AND ($3::uuid IS NULL OR record.lot_id = $3) AND ($4::text IS NULL OR record.state = $4)
       ORDER BY record.proposed_at DESC, record.id LIMIT $5 OFFSET $6`,
      [
        regionPattern(caller.regionCode),
        query.depotId ?? null,
        query.lotId ?? null,
        query.state ?? null,
        query.limit,
        query.offset,
      ],
    );
    return { items: rows.map(proposalOf), total: rows[0] ? safeInteger(rows[0].total) : 0 };
  }

  /** @throws DomainError SUPPLIES_SCRAP_NOT_FOUND, also for one out of the caller's region */
  async proposal(caller: Caller, id: string): Promise<ScrapProposalResponse> {
    const [row] = await this.database.query<ProposalRecord & { total: string }>(
      `${PROPOSALS} WHERE record.id = $1 AND depot.region_code LIKE $2`,
      [id, regionPattern(caller.regionCode)],
    );
    if (!row) throw new DomainError('SUPPLIES_SCRAP_NOT_FOUND');
    return proposalOf(row);
  }

  /** The latest first. */
  async sendBacks(caller: Caller, query: SendBacksQuery): Promise<SendBacksResponse> {
    const rows = await this.database.query<
      Omit<SendBackEntryResponse, 'quantityBase' | 'recordedAt'> & {
        quantityBase: string;
        recordedAt: Date;
        total: string;
      }
    >(
      `${SEND_BACKS} WHERE depot.region_code LIKE $1 AND ($2::uuid IS NULL OR record.depot_id = $2)
       ORDER BY record.recorded_at DESC, record.id LIMIT $3 OFFSET $4`,
      [regionPattern(caller.regionCode), query.depotId ?? null, query.limit, query.offset],
    );
    const items = rows.map(({ total: _total, ...row }) => ({
      ...row,
      quantityBase: safeInteger(row.quantityBase),
      recordedAt: row.recordedAt.toISOString(),
    }));
    return { items, total: rows[0] ? safeInteger(rows[0].total) : 0 };
  }
}

function proposalOf({ total: _total, ...row }: ProposalRecord & { readonly total: string }): ScrapProposalResponse {
  return {
    ...row,
    quantityBase: safeInteger(row.quantityBase),
    residualValueFen: safeInteger(row.residualValueFen),
    bookValueFen: row.bookValueFen === null ? null : safeInteger(row.bookValueFen),
    proposedAt: row.proposedAt.toISOString(),
    dueAt: row.dueAt.toISOString(),
    decidedAt: row.decidedAt?.toISOString() ?? null,
  };
}
