import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DomainError, regionCovers, type Caller } from '@ledger/contracts';
import { Deadlines, causeOfRequest, type Deadline, type Identity, type Tx } from '@ledger/platform';
import { DepotsRepository, type Depot } from '../catalogue/depots.repository';
import { mayActAt } from '../scope';
import { chinaDay } from '../stock/domain/calendar';
import { assertCovered, draw as drawFrom } from '../stock/domain/draw';
import { nextDrawState } from './domain/draw-state';
import type { DecideDrawRequest, DrawStepResponse, RequestDrawRequest } from './dto/joint-reserve.dto';
import type { ReceiveJourneyRequest } from './dto/loan.dto';
import { JointReservesRepository } from './joint-reserves.repository';
import type { JointOwner, JointStock } from './joint-stock';
import { JourneysRepository } from './journeys.repository';
import { SendGoods } from './send-goods';
import { TakeInGoods } from './take-in-goods';

/** Kind of the deadline of a draw that nobody signs. */
export const DRAW_HOLD = 'joint-draw-hold';
/** What is asked for is held so long. An estimate. */
const HOLD_SECONDS = 72 * 60 * 60;

/** Takes an owner's part out of a joint reserve: asked for, signed by another, handed over, counted in. */
@Injectable()
export class DrawJointReserveUseCase implements OnModuleInit {
  constructor(
    private readonly depots: DepotsRepository,
    private readonly reserves: JointReservesRepository,
    private readonly journeys: JourneysRepository,
    private readonly sending: SendGoods,
    private readonly taking: TakeInGoods,
    private readonly deadlines: Deadlines,
  ) {}

  onModuleInit(): void {
    this.deadlines.on(DRAW_HOLD, (tx, deadline) => this.lapse(tx, deadline));
  }

  /**
   * @throws DomainError in this order: SUPPLIES_JOINT_RESERVE_NOT_FOUND, SUPPLIES_JOINT_RESERVE_NOT_IN_FORCE,
   *   SUPPLIES_SHARING_WRONG_SIDE (the caller does not act for the owner), SUPPLIES_DEPOT_NOT_FOUND (not one of the owner's),
   *   SUPPLIES_DEPOT_CLOSED, SUPPLIES_DRAW_BEYOND_RIGHT (more than the owner's right, or than is the owner's now)
   * Source: plan 000 §24 (joint reserve).
   */
  async request(tx: Tx, identity: Identity, id: string, request: RequestDrawRequest): Promise<DrawStepResponse> {
    const { caller } = identity;
    const stock = await this.reserves.lockFor(tx, caller, id, chinaDay(tx.now));
    const owner = ownerOf(stock, caller, request.ownerId);
    const depot = await this.depots.findFor(tx, caller, request.toDepotId, 'receive');
    if (!regionCovers(owner.regionCode, depot.regionCode) || depot.id === stock.depotId) {
      throw new DomainError('SUPPLIES_DEPOT_NOT_FOUND');
    }
    const { quantityBase, reason } = request;
    if (quantityBase > owner.drawableBase) {
      const { drawableBase, claimBase, drawLimitBase, drawnBase, requestedBase } = owner;
      const facts = { askedBase: quantityBase, drawableBase, claimBase, drawLimitBase, drawnBase, requestedBase };
      throw new DomainError('SUPPLIES_DRAW_BEYOND_RIGHT', { facts });
    }
    const draw = { reserveId: id, ownerId: owner.ownerId, quantityBase, toDepotId: depot.id, reason };
    const drawId = await this.reserves.insertDraw(tx, caller, draw);
    const { correlationId, realm } = causeOfRequest(identity, drawId);
    const waiting = { kind: DRAW_HOLD, subjectId: drawId, owner: owner.signedBy, dueInSeconds: HOLD_SECONDS };
    await this.deadlines.schedule(tx, { ...waiting, payload: { correlationId, realm } });
    return { drawId, state: 'requested', journeyId: null };
  }

  /**
   * The owner's second person signs, and the goods leave the depot, first expired first.
   * @throws DomainError in this order: SUPPLIES_DRAW_NOT_FOUND, as `request` for the reserve and the owner,
   *   SUPPLIES_APPROVAL_TIER_TOO_LOW (the owner named another role), SUPPLIES_APPROVAL_BY_REQUESTER,
   *   SUPPLIES_DRAW_TRANSITION_FORBIDDEN, SUPPLIES_QUANTITY_EXCEEDS_BALANCE
   */
  async decide(tx: Tx, identity: Identity, drawId: string, request: DecideDrawRequest): Promise<DrawStepResponse> {
    const { caller } = identity;
    const { reserveId } = await this.reserves.findDraw(tx, drawId, '');
    const stock = await this.reserves.lockFor(tx, caller, reserveId, chinaDay(tx.now));
    const draw = await this.reserves.findDraw(tx, drawId, 'FOR UPDATE');
    const owner = ownerOf(stock, caller, draw.ownerId);
    if (!caller.roles.includes(owner.signedBy)) throw new DomainError('SUPPLIES_APPROVAL_TIER_TOO_LOW');
    if (draw.requestedById === caller.userId) throw new DomainError('SUPPLIES_APPROVAL_BY_REQUESTER');
    const state = await this.reserves.advance(tx, draw, request.decision === 'approve' ? 'sign' : 'refuse', caller);
    await this.deadlines.cancel(tx, DRAW_HOLD, drawId);
    if (state === 'refused') return { drawId, state, journeyId: null };
    const lots = await this.reserves.freeLots(tx, stock, chinaDay(tx.now));
    assertCovered(lots, draw.quantityBase);
    const { journeyId } = await this.sending.execute(
      tx,
      {
        ...{ caller, purpose: 'draw', kind: 'transfer-out', subjectId: drawId, toDepotId: draw.toDepotId },
        ...{ from: await depotOf(tx, stock), itemCode: stock.itemCode, note: stock.number, keepsFloorOf: null },
        ...{ lines: drawFrom(lots, draw.quantityBase).taken, assertFit: () => undefined },
      },
      causeOfRequest(identity, drawId),
    );
    return { drawId, state, journeyId };
  }

  /** @throws DomainError SUPPLIES_DRAW_NOT_FOUND, SUPPLIES_DRAW_TRANSITION_FORBIDDEN, then as TakeInGoods */
  async receive(tx: Tx, identity: Identity, drawId: string, request: ReceiveJourneyRequest): Promise<DrawStepResponse> {
    const draw = await this.reserves.findDraw(tx, drawId, 'FOR UPDATE');
    await this.depots.findFor(tx, identity.caller, draw.toDepotId, 'receive');
    const state = await this.reserves.advance(tx, draw, 'receive');
    const journey = await this.journeys.ofSubject(tx, drawId);
    const arrival = { caller: identity.caller, journey, kind: 'transfer-in', lines: request.lines } as const;
    await this.taking.execute(tx, { ...arrival, note: request.note ?? null }, causeOfRequest(identity, drawId));
    return { drawId, state, journeyId: journey.id };
  }

  private async lapse(tx: Tx, { subjectId }: Deadline): Promise<void> {
    const draw = await this.reserves.findDraw(tx, subjectId, 'FOR UPDATE');
    if (nextDrawState(draw.state, 'lapse')) await this.reserves.advance(tx, draw, 'lapse');
  }
}

/** @throws DomainError SUPPLIES_SHARING_WRONG_SIDE */
function ownerOf(stock: JointStock, caller: Caller, ownerId: string): JointOwner {
  const owner = stock.owners.find((one) => one.ownerId === ownerId.toLowerCase());
  if (!owner || !mayActAt(caller, owner)) throw new DomainError('SUPPLIES_SHARING_WRONG_SIDE');
  return owner;
}

/** The depot of the reserve; an owner's right reaches it, wherever the owner sits. */
async function depotOf(tx: Tx, { depotId }: JointStock): Promise<Depot> {
  const [depot] = await tx.query<Depot>(
    `SELECT id, code, region_code AS "regionCode", organisation_id AS "organisationId", state,
            capacity_rule AS "capacityRule" FROM depots WHERE id = $1 FOR KEY SHARE`,
    [depotId],
  );
  return depot;
}
