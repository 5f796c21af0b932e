import { Injectable } from '@nestjs/common';
import { DomainError, type Caller, type FieldFault } from '@ledger/contracts';
import { newId, type Cause, type Tx } from '@ledger/platform';
import { DepotsRepository, type Depot } from '../catalogue/depots.repository';
import { assertAtWork } from '../depots/domain/opening-state';
import type { OpeningState } from '../depots/domain/depot-entry';
import { OverdueWork, inHours } from '../warehouse/overdue-work';
import { ThresholdsRepository } from '../warehouse/thresholds.repository';
import { assertOrderLines } from './domain/transfer-order';
import type { OrderTransferRequest, TransferStepResponse } from './dto/transfer.dto';
import { TransfersRepository } from './transfers.repository';

/** Three days to load: an estimate, where the order says nothing. */
const DISPATCH_WITHIN_HOURS = 72;

export interface TransferOrder {
  readonly caller: Caller;
  readonly request: OrderTransferRequest;
}

/** Orders goods from one depot into another. Nothing is held for it: the keeper sends what is free when it leaves. */
@Injectable()
export class OrderTransferUseCase {
  constructor(
    private readonly depots: DepotsRepository,
    private readonly transfers: TransfersRepository,
    private readonly thresholds: ThresholdsRepository,
    private readonly overdue: OverdueWork,
  ) {}

  /**
   * The caller acts at the sending depot; the receiving one may be in any region.
   * @throws DomainError in this order: SUPPLIES_DEPOT_NOT_FOUND for either depot (the sending one also out of the
   *   caller's reach), SUPPLIES_DEPOT_CLOSED, REQUEST_INVALID, AUTH_ROLE_MISSING for a keeper who lets the depot fall
   *   below its standard, SUPPLIES_ITEM_UNKNOWN, SUPPLIES_LOT_NOT_FOUND, SUPPLIES_LOT_OF_OTHER_ITEM
   * Source: plan 004 §22 (central management of stores), plan 001 §2(6) (allocation by level).
   */
  async execute(tx: Tx, { caller, request }: TransferOrder, cause: Cause): Promise<TransferStepResponse> {
    const from = await this.depots.findFor(tx, caller, request.fromDepotId, 'clear');
    const toDepotId = await receivingDepot(tx, request.toDepotId);
    if (toDepotId === from.id) {
      const errors = [{ pointer: '/toDepotId', reason: 'is the depot that sends' }];
      throw new DomainError('REQUEST_INVALID', { errors });
    }
    assertOrderLines(request.lines);
    if (request.mayBreakFloor && !caller.roles.includes('stock-manager')) throw new DomainError('AUTH_ROLE_MISSING');
    await assertItems(tx, request);
    await assertLots(tx, from.id, request);
    return this.place(tx, from, { ...request, toDepotId }, caller, cause);
  }

  /**
   * Lays an order down that the sending side has agreed to already, for whoever asks for the goods.
   * @param from  the sending depot; the caller has checked it, the receiving one and the goods
   */
  async place(
    tx: Tx,
    from: Pick<Depot, 'id' | 'regionCode'>,
    request: Omit<OrderTransferRequest, 'fromDepotId'>,
    requester: Pick<Caller, 'displayName' | 'userId'>,
    cause: Cause,
  ): Promise<TransferStepResponse> {
    const id = newId();
    const dueAt = inHours(tx, request.dispatchWithinHours ?? DISPATCH_WITHIN_HOURS);
    await this.transfers.insert(tx, {
      id,
      fromDepotId: from.id,
      toDepotId: request.toDepotId,
      reason: request.reason,
      mayBreakFloor: request.mayBreakFloor ?? false,
      arrivalHours: request.arrivalHours ?? (await this.arrivalHours(tx, from.regionCode)),
      dueAt,
      requestedBy: requester.displayName,
      requestedById: requester.userId,
      lines: request.lines,
    });
    await this.overdue.expect(tx, { work: 'transfer-dispatch', subjectId: id, depot: from, dueAt }, cause);
    return { transferId: id, state: 'ordered', movementId: null };
  }

  private async arrivalHours(tx: Tx, regionCode: string): Promise<number> {
    const hours = await this.thresholds.inForce(tx, regionCode, 'transfer-arrival-hours');
    return Math.min(2_160, Math.max(1, hours));
  }
}

async function receivingDepot(tx: Tx, depotId: string): Promise<string> {
  const [depot] = await tx.query<{ id: string; state: OpeningState }>(
    'SELECT id, state FROM depots WHERE id = $1 FOR KEY SHARE',
    [depotId],
  );
  if (!depot) throw new DomainError('SUPPLIES_DEPOT_NOT_FOUND');
  assertAtWork(depot.state, 'receive');
  return depot.id;
}

async function assertItems(tx: Tx, { lines }: OrderTransferRequest): Promise<void> {
  const rows = await tx.query<{ code: string }>('SELECT code FROM items WHERE code = ANY($1)', [
    lines.map(({ itemCode }) => itemCode),
  ]);
  const known = new Set(rows.map(({ code }) => code));
  const errors = lines.flatMap(({ itemCode }, index): FieldFault[] =>
    known.has(itemCode) ? [] : [{ pointer: `/lines/${index}/itemCode`, reason: 'is not in the catalogue' }],
  );
  if (errors.length > 0) throw new DomainError('SUPPLIES_ITEM_UNKNOWN', { errors });
}

/** A lot can be ordered where it lies or once lay. */
async function assertLots(tx: Tx, depotId: string, { lines }: OrderTransferRequest): Promise<void> {
  const wanted = lines.flatMap(({ lotId }) => (lotId ? [lotId.toLowerCase()] : []));
  const rows = await tx.query<{ lot_id: string; item_code: string }>(
    'SELECT DISTINCT lot_id, item_code FROM balances WHERE depot_id = $1 AND lot_id = ANY($2)',
    [depotId, wanted],
  );
  const itemOf = new Map(rows.map((row) => [row.lot_id, row.item_code]));
  const missing = wanted.find((lotId) => !itemOf.has(lotId));
  if (missing) throw new DomainError('SUPPLIES_LOT_NOT_FOUND', { facts: { lotId: missing } });
  const errors = lines.flatMap(({ itemCode, lotId }, index): FieldFault[] =>
    lotId && itemOf.get(lotId.toLowerCase()) !== itemCode
      ? [{ pointer: `/lines/${index}/lotId`, reason: `is a lot of ${itemOf.get(lotId.toLowerCase())}` }]
      : [],
  );
  if (errors.length > 0) throw new DomainError('SUPPLIES_LOT_OF_OTHER_ITEM', { errors });
}
