import { Injectable } from '@nestjs/common';
import { DomainError, type Caller } from '@ledger/contracts';
import { newId, safeInteger, type Tx } from '@ledger/platform';
import type { Day } from '../stock/domain/calendar';
import { recorderOf } from '../stock/domain/recorder';
import type { CreateJointReserveRequest, RecordCostRequest } from './dto/joint-reserve.dto';
import { nextDrawState, type DrawEvent, type DrawState } from './domain/draw-state';
import { jointStocks, type JointStock } from './joint-stock';
import { isEitherSide } from './reach';

export interface Draw {
  readonly id: string;
  readonly reserveId: string;
  readonly ownerId: string;
  readonly state: DrawState;
  readonly quantityBase: number;
  readonly toDepotId: string;
  readonly requestedById: string;
}

/** A lot of a joint reserve as it lies in its depot. */
export interface JointLot {
  readonly lotId: string;
  readonly expiryDate: Day | null;
  readonly quantityBase: number;
}

/** Writes joint reserves. A reserve is locked before its draws, depots, lots and balances. */
@Injectable()
export class JointReservesRepository {
  async insert(tx: Tx, caller: Caller, request: CreateJointReserveRequest): Promise<{ id: string; number: string }> {
    const id = newId();
    const { documentNumber, depotId, itemCode, shareBasis, validFrom, validTo, owners } = request;
    const { name, userId } = recorderOf(caller);
    const whole = owners.reduce((sum, { share }) => sum + share, 0);
    const [{ number }] = await tx.query<{ number: string }>(
      `INSERT INTO joint_reserves (id, number, document_number, depot_id, item_code, share_basis, whole_share, valid_from,
                                   valid_to, recorded_by, recorded_by_id)
       VALUES ($1, 'JNT-' || to_char(now() AT TIME ZONE 'Asia/Shanghai', 'YYYY') || '-'
                   || lpad(nextval('joint_reserve_numbers')::text, 6, '0'), $2, $3, $4, $5, $6, $7, $8, $9, $10)
       RETURNING number`,
      [id, documentNumber, depotId, itemCode, shareBasis, whole, validFrom, validTo, name, userId],
    );
    await tx.execute(
      `INSERT INTO joint_reserve_owners (reserve_id, id, position, region_code, organisation_id, name, share,
                                         draw_limit_base, signed_by, cost_percent)
       SELECT $1, owner.* FROM unnest($2::uuid[], $3::integer[], $4::text[], $5::uuid[], $6::text[], $7::bigint[],
         $8::bigint[], $9::text[], $10::integer[]) AS owner`,
      [
        id,
        owners.map(() => newId()),
        owners.map((_, index) => index + 1),
        owners.map(({ regionCode }) => regionCode),
        owners.map(({ organisationId }) => organisationId),
        owners.map((owner) => owner.name),
        owners.map(({ share }) => share),
        owners.map(({ drawLimitBase }) => drawLimitBase),
        owners.map(({ signedBy }) => signedBy),
        owners.map(({ costPercent }) => costPercent),
      ],
    );
    return { id, number };
  }

  /**
   * The reserve with what belongs to whom, locked.
   * @throws DomainError in this order: SUPPLIES_JOINT_RESERVE_NOT_FOUND (also one of other regions),
   *   SUPPLIES_JOINT_RESERVE_NOT_IN_FORCE
   */
  async lockFor(tx: Tx, caller: Caller, id: string, day: Day): Promise<JointStock> {
    const rows = await tx.query('SELECT 1 FROM joint_reserves WHERE id = $1 FOR UPDATE', [id]);
    const sides = await tx.query<{ region: string }>(
      `SELECT region_code AS region FROM joint_reserve_owners WHERE reserve_id = $1
       UNION SELECT depot.region_code FROM depots AS depot
       JOIN joint_reserves AS reserve ON reserve.depot_id = depot.id WHERE reserve.id = $1`,
      [id],
    );
    if (rows.length === 0 || !isEitherSide(caller, ...sides.map(({ region }) => region))) {
      throw new DomainError('SUPPLIES_JOINT_RESERVE_NOT_FOUND');
    }
    const [stock] = await jointStocks(tx, day, { reserveId: id });
    if (!stock) throw new DomainError('SUPPLIES_JOINT_RESERVE_NOT_IN_FORCE');
    return stock;
  }

  async putLots(tx: Tx, reserveId: string, lots: readonly JointLot[], recordedBy: string): Promise<void> {
    await tx.execute(
      `INSERT INTO joint_reserve_lots (reserve_id, recorded_by, lot_id, quantity_base)
       SELECT $1, $2, lot.* FROM unnest($3::uuid[], $4::bigint[]) AS lot`,
      [reserveId, recordedBy, lots.map(({ lotId }) => lotId), lots.map(({ quantityBase }) => quantityBase)],
    );
  }

  /** Free lots of the reserve in its depot, first expired first, locked as they are. */
  async freeLots(tx: Tx, { reserveId, depotId }: JointStock, day: Day): Promise<JointLot[]> {
    const rows = await tx.query<Omit<JointLot, 'quantityBase'> & { quantity: string }>(
      `SELECT balance.lot_id AS "lotId", lot.expiry_date::text AS "expiryDate", balance.quantity_base AS quantity
       FROM joint_reserve_lots AS held JOIN lots AS lot ON lot.id = held.lot_id AND lot.quality = 'good'
       JOIN balances AS balance ON balance.lot_id = lot.id AND balance.account = 'depot:' || $2::uuid || ':available'
         AND balance.in_stock AND (balance.expiry_date IS NULL OR balance.expiry_date >= $3::date)
       WHERE held.reserve_id = $1 ORDER BY balance.expiry_date NULLS LAST, balance.lot_id`,
      [reserveId, depotId, day],
    );
    return rows.map(({ quantity, ...lot }) => ({ ...lot, quantityBase: safeInteger(quantity) }));
  }

  async insertDraw(
    tx: Tx,
    caller: Caller,
    draw: Pick<Draw, 'reserveId' | 'ownerId' | 'quantityBase' | 'toDepotId'> & { readonly reason: string },
  ): Promise<string> {
    const id = newId();
    await tx.execute(
      `INSERT INTO joint_reserve_draws (id, reserve_id, owner_id, state, quantity_base, to_depot_id, reason,
                                        requested_by, requested_by_id)
       VALUES ($1, $2, $3, 'requested', $4, $5, $6, $7, $8)`,
      [
        ...[id, draw.reserveId, draw.ownerId, draw.quantityBase, draw.toDepotId, draw.reason],
        ...[caller.displayName, caller.userId],
      ],
    );
    return id;
  }

  /** @throws DomainError SUPPLIES_DRAW_NOT_FOUND */
  async findDraw(tx: Tx, id: string, lock: '' | 'FOR UPDATE'): Promise<Draw> {
    const [row] = await tx.query<Omit<Draw, 'quantityBase'> & { quantity: string }>(
      `SELECT id, reserve_id AS "reserveId", owner_id AS "ownerId", state, quantity_base AS quantity,
              to_depot_id AS "toDepotId", requested_by_id AS "requestedById"
       FROM joint_reserve_draws WHERE id = $1 ${lock}`,
      [id],
    );
    if (!row) throw new DomainError('SUPPLIES_DRAW_NOT_FOUND');
    return { ...row, quantityBase: safeInteger(row.quantity) };
  }

  /** @throws DomainError SUPPLIES_DRAW_TRANSITION_FORBIDDEN */
  async advance(tx: Tx, draw: Draw, event: DrawEvent, decidedBy?: Caller): Promise<DrawState> {
    const state = nextDrawState(draw.state, event);
    if (!state) throw new DomainError('SUPPLIES_DRAW_TRANSITION_FORBIDDEN', { facts: { state: draw.state, event } });
    await tx.execute(
      `UPDATE joint_reserve_draws SET state = $2, decided_by = coalesce($3, decided_by),
              decided_by_id = coalesce($4::uuid, decided_by_id),
              decided_at = CASE WHEN $4::uuid IS NULL THEN decided_at ELSE now() END WHERE id = $1`,
      [draw.id, state, decidedBy?.displayName ?? null, decidedBy?.userId ?? null],
    );
    return state;
  }

  async insertCost(
    tx: Tx,
    caller: Caller,
    of: { readonly stock: JointStock; readonly request: RecordCostRequest; readonly amounts: readonly number[] },
  ): Promise<string> {
    const id = newId();
    const { stock, request, amounts } = of;
    const { kind, amountFen, periodFrom, periodTo, documentNumber } = request;
    await tx.execute(
      `INSERT INTO joint_reserve_costs (id, reserve_id, kind, amount_fen, period_from, period_to, document_number,
                                        recorded_by, recorded_by_id)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [
        ...[id, stock.reserveId, kind, amountFen, periodFrom, periodTo, documentNumber],
        ...[caller.displayName, caller.userId],
      ],
    );
    await tx.execute(
      `INSERT INTO joint_reserve_cost_shares (cost_id, owner_id, amount_fen)
       SELECT $1, share.* FROM unnest($2::uuid[], $3::bigint[]) AS share`,
      [id, stock.owners.map(({ ownerId }) => ownerId), amounts],
    );
    return id;
  }
}
