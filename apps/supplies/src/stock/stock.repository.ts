import { Injectable } from '@nestjs/common';
import { DomainError } from '@ledger/contracts';
import { Outbox, faultCode, faultDetail, newId, type Cause, type Tx } from '@ledger/platform';
import type { Recorder } from './domain/recorder';
import type { MovementKind } from './domain/movement-kinds';
import { assertPostings, type Posting } from './domain/posting';

/** The header of a movement that is about to be written. */
export interface NewMovement {
  /** What makes it happen once: `issue:<shipment>`. Writing a second movement with the same key fails. */
  readonly businessKey: string;
  readonly kind: MovementKind;
  readonly recordedBy: Recorder;
  readonly allocationId?: string;
  readonly depotId?: string;
  readonly shipmentId?: string;
  readonly siteId?: string;
  readonly reversesMovementId?: string;
  readonly useOrder?: string;
  readonly note?: string;
}

/** A movement, what it moves, and what brought it about. */
export interface MovementToPost {
  readonly movement: NewMovement;
  readonly postings: readonly Posting[];
  readonly cause: Cause;
}

export interface PostedMovement {
  readonly movementId: string;
  readonly sequence: number;
  readonly postedAt: Date;
}

interface PostedRow {
  readonly movement_id: string;
  readonly movement_sequence: string;
  readonly movement_time: Date;
}

/** Writes the ledger. Nothing else in the service changes a balance, a movement or a posting. */
@Injectable()
export class StockRepository {
  constructor(private readonly outbox: Outbox) {}

  /**
   * Writes one movement in the caller's transaction: balances, totals, header, postings and the event.
   * @throws DomainError as `postAll`
   */
  async post(tx: Tx, movement: NewMovement, postings: readonly Posting[], cause: Cause): Promise<PostedMovement> {
    const [posted] = await this.postAll(tx, [{ movement, postings, cause }]);
    return posted;
  }

  /**
   * Writes movements in their order, all or none: balances, totals, headers, postings and events are made from the one
   * list of postings by the database function `post_movements`, in one round trip. Post everything of a transaction in
   * one call where you can: two calls lock balances in two orders.
   * @returns one answer per movement, in the order given
   * @throws DomainError SUPPLIES_QUANTITY_EXCEEDS_BALANCE when an inside account would fall below zero after any of the
   *   movements; SUPPLIES_LOT_NOT_ISSUABLE when pieces of a held or recalled lot would become available;
   *   SUPPLIES_LEDGER_CORRUPT for a list that is no list of postings
   */
  async postAll(tx: Tx, list: readonly MovementToPost[]): Promise<PostedMovement[]> {
    for (const { postings } of list) assertPostings(postings);
    const movements = list.map(headerOf);
    const postings = list.flatMap(({ postings: own }, index) => own.map((posting) => lineOf(posting, index + 1)));
    const rows = await call(tx, movements, postings);
    this.outbox.announceAfter(tx);
    const posted = new Map(rows.map((row) => [row.movement_id, row]));
    return movements.map(({ id }) => {
      const row = posted.get(id) as PostedRow;
      return { movementId: id, sequence: Number(row.movement_sequence), postedAt: row.movement_time };
    });
  }
}

async function call(tx: Tx, movements: readonly object[], postings: readonly object[]): Promise<PostedRow[]> {
  try {
    return await tx.query<PostedRow>(
      `SELECT * FROM post_movements(
         (SELECT array_agg(movement) FROM json_populate_recordset(NULL::movement_input, $1) AS movement),
         (SELECT array_agg(posting) FROM json_populate_recordset(NULL::posting_input, $2) AS posting))`,
      [JSON.stringify(movements), JSON.stringify(postings)],
    );
  } catch (error) {
    throw refusalOf(error) ?? error;
  }
}

/** What the database function refuses, as the rule it stands for. */
function refusalOf(error: unknown): DomainError | undefined {
  const { message } = error as Error;
  switch (faultCode(error)) {
    case 'LG001': {
      const { account, lotId } = JSON.parse(faultDetail(error) ?? '{}') as { account?: string; lotId?: string };
      const facts = { account: account ?? null, lotId: lotId ?? null };
      return new DomainError('SUPPLIES_QUANTITY_EXCEEDS_BALANCE', { detail: message, facts });
    }
    case 'LG003': {
      const { lotId } = JSON.parse(faultDetail(error) ?? '{}') as { lotId?: string };
      return new DomainError('SUPPLIES_LOT_NOT_ISSUABLE', { detail: message, facts: { lotId: lotId ?? null } });
    }
    case 'LG002':
      return new DomainError('SUPPLIES_LEDGER_CORRUPT', { detail: message });
    default:
      return undefined;
  }
}

/** Fields as in the database type `movement_input`. */
function headerOf({ movement, cause }: MovementToPost) {
  return {
    id: newId(),
    event_id: newId(),
    business_key: movement.businessKey,
    kind: movement.kind,
    allocation_id: movement.allocationId,
    depot_id: movement.depotId,
    shipment_id: movement.shipmentId,
    site_id: movement.siteId,
    reverses_movement_id: movement.reversesMovementId,
    use_order: movement.useOrder,
    note: movement.note,
    recorded_by: movement.recordedBy.name,
    recorded_by_id: movement.recordedBy.userId,
    correlation_id: cause.correlationId,
    causation_id: cause.causationId,
    realm: cause.realm,
  };
}

/** Fields as in the database type `posting_input`; `movement` counts from 1. */
function lineOf(posting: Posting, movement: number) {
  return {
    movement,
    lot_id: posting.lotId,
    item_code: posting.itemCode,
    expiry_date: posting.expiryDate,
    from_account: posting.from,
    to_account: posting.to,
    quantity_base: posting.quantityBase,
    line_id: posting.lineId,
  };
}
