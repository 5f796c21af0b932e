import { Injectable } from '@nestjs/common';
import { DomainError, MovementPosted, isInside, parseDepotAccount, type Account } from '@ledger/contracts';
import { Outbox, newId, type Cause, type Tx } from '@ledger/platform';
import type { Recorder } from './domain/recorder';
import type { MovementKind } from './domain/movement-kinds';
import { depotOfPosting, netChanges, type BalanceChange, type Posting } from './domain/posting';

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

export interface PostedMovement {
  readonly movementId: string;
  readonly postedAt: Date;
}

/** Writes the ledger. Nothing else in the service changes a balance, a movement or a posting. */
@Injectable()
export class StockRepository {
  constructor(private readonly outbox: Outbox) {}

  /**
   * Writes one movement: balances, header, postings and the event are all made from the one list, in the caller's
   * transaction. The balances are locked first, in the order of their keys; time and sequence number are drawn after
   * that, so per lot they have the order in which the movements took effect.
   * @throws DomainError SUPPLIES_QUANTITY_EXCEEDS_BALANCE when an inside account would fall below zero;
   *   SUPPLIES_LEDGER_CORRUPT for a list that is no list of postings
   */
  async post(tx: Tx, movement: NewMovement, postings: readonly Posting[], cause: Cause): Promise<PostedMovement> {
    if (postings.length === 0)
      throw new DomainError('SUPPLIES_LEDGER_CORRUPT', { detail: 'movement without postings' });
    const changes = netChanges(postings);
    await lockBalances(tx, changes);
    await takeFromInside(tx, changes.filter(isTaken));
    await add(
      tx,
      changes.filter((change) => !isTaken(change)),
    );
    const posted = await insertMovement(tx, movement, cause);
    await insertPostings(tx, posted.movementId, postings);
    await this.announce(tx, movement, posted, postings, cause);
    return posted;
  }

  private async announce(
    tx: Tx,
    movement: NewMovement,
    posted: PostedMovement,
    postings: readonly Posting[],
    cause: Cause,
  ): Promise<void> {
    const data = {
      movementId: posted.movementId,
      kind: movement.kind,
      allocationId: movement.allocationId ?? null,
      reversesMovementId: movement.reversesMovementId ?? null,
      postedAt: posted.postedAt.toISOString(),
      postings: postings.map(({ lotId, itemCode, expiryDate, from, to, quantityBase }) => ({
        lotId,
        itemCode,
        expiryDate,
        from,
        to,
        quantityBase,
      })),
    };
    await this.outbox.add(tx, MovementPosted, data, cause);
  }
}

const isTaken = (change: BalanceChange): boolean => isInside(change.account) && change.changeBase < 0;

const accountsOf = (changes: readonly BalanceChange[]): Account[] => changes.map(({ account }) => account);
const itemsOf = (changes: readonly BalanceChange[]): string[] => changes.map(({ itemCode }) => itemCode);
const lotsOf = (changes: readonly BalanceChange[]): string[] => changes.map(({ lotId }) => lotId);

async function lockBalances(tx: Tx, changes: readonly BalanceChange[]): Promise<void> {
  await tx.query(
    `SELECT 1 FROM balances WHERE (account, lot_id) IN (SELECT * FROM unnest($1::text[], $2::uuid[]))
     ORDER BY account, lot_id FOR UPDATE`,
    [accountsOf(changes), lotsOf(changes)],
  );
}

/** One guarded statement; a row that would fall below zero is not touched, and the count tells. */
async function takeFromInside(tx: Tx, changes: readonly BalanceChange[]): Promise<void> {
  if (changes.length === 0) return;
  const taken = await tx.query<{ account: string; lot_id: string }>(
    `UPDATE balances AS balance SET quantity_base = balance.quantity_base - change.taken_base
     FROM unnest($1::text[], $2::uuid[], $3::text[], $4::bigint[]) AS change (account, lot_id, item_code, taken_base)
     WHERE balance.account = change.account AND balance.lot_id = change.lot_id
       AND balance.item_code = change.item_code AND balance.quantity_base >= change.taken_base
     RETURNING balance.account, balance.lot_id`,
    [accountsOf(changes), lotsOf(changes), itemsOf(changes), changes.map(({ changeBase }) => -changeBase)],
  );
  if (taken.length === changes.length) return;
  const short = changes.find(
    (change) => !taken.some((row) => row.account === change.account && row.lot_id === change.lotId),
  );
  throw new DomainError('SUPPLIES_QUANTITY_EXCEEDS_BALANCE', {
    detail: `${short?.account} holds less than ${-(short?.changeBase ?? 0)} of the lot`,
    facts: { account: short?.account ?? null, lotId: short?.lotId ?? null },
  });
}

/** @throws DomainError SUPPLIES_LEDGER_CORRUPT when a lot is posted under another item than its own */
async function add(tx: Tx, changes: readonly BalanceChange[]): Promise<void> {
  if (changes.length === 0) return;
  const added = await tx.execute(
    `INSERT INTO balances AS balance (account, lot_id, item_code, depot_id, quantity_base)
     SELECT * FROM unnest($1::text[], $2::uuid[], $3::text[], $4::uuid[], $5::bigint[])
       AS change (account, lot_id, item_code, depot_id, added_base)
     ORDER BY account, lot_id
     ON CONFLICT (account, lot_id) DO UPDATE SET quantity_base = balance.quantity_base + EXCLUDED.quantity_base
       WHERE balance.item_code = EXCLUDED.item_code`,
    [
      accountsOf(changes),
      lotsOf(changes),
      itemsOf(changes),
      changes.map(({ account }) => parseDepotAccount(account)?.depotId ?? null),
      changes.map(({ changeBase }) => changeBase),
    ],
  );
  if (added !== changes.length) {
    throw new DomainError('SUPPLIES_LEDGER_CORRUPT', { detail: 'a lot was posted under another item than its own' });
  }
}

async function insertMovement(tx: Tx, movement: NewMovement, cause: Cause): Promise<PostedMovement> {
  const movementId = newId();
  const [row] = await tx.query<{ posted_at: Date }>(
    `INSERT INTO movements (id, business_key, kind, allocation_id, depot_id, shipment_id, site_id, reverses_movement_id,
                            use_order, note, recorded_by, recorded_by_id, correlation_id, causation_id)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) RETURNING posted_at`,
    [
      movementId,
      movement.businessKey,
      movement.kind,
      movement.allocationId ?? null,
      movement.depotId ?? null,
      movement.shipmentId ?? null,
      movement.siteId ?? null,
      movement.reversesMovementId ?? null,
      movement.useOrder ?? null,
      movement.note ?? null,
      movement.recordedBy.name,
      movement.recordedBy.userId,
      cause.correlationId,
      cause.causationId,
    ],
  );
  return { movementId, postedAt: row.posted_at };
}

async function insertPostings(tx: Tx, movementId: string, postings: readonly Posting[]): Promise<void> {
  await tx.execute(
    `INSERT INTO postings (movement_id, position, lot_id, from_account, to_account, quantity_base, line_id, depot_id)
     SELECT $1, position, lot_id, from_account, to_account, quantity_base, line_id, depot_id
     FROM unnest($2::uuid[], $3::text[], $4::text[], $5::bigint[], $6::uuid[], $7::uuid[]) WITH ORDINALITY
       AS posting (lot_id, from_account, to_account, quantity_base, line_id, depot_id, position)`,
    [
      movementId,
      postings.map(({ lotId }) => lotId),
      postings.map(({ from }) => from),
      postings.map(({ to }) => to),
      postings.map(({ quantityBase }) => quantityBase),
      postings.map(({ lineId }) => lineId),
      postings.map(depotOfPosting),
    ],
  );
}
