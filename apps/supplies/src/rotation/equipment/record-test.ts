import { Injectable } from '@nestjs/common';
import { DomainError, EquipmentTestRecorded, type Caller } from '@ledger/contracts';
import { Outbox, newId, type Cause, type Tx } from '@ledger/platform';
import { DepotsRepository } from '../../catalogue/depots.repository';
import { chinaDay, type Day } from '../../stock/domain/calendar';
import { recorderOf } from '../../stock/domain/recorder';
import { addDays } from '../domain/months';
import { nextDueAfter } from './domain/test-due';
import { eventOfResult, nextTestOrderState } from './domain/test-order-state';
import type { RecordTestRequest, RecordTestResponse } from './dto/equipment.dto';
import { EquipmentDueRepository } from './equipment-due.repository';
import { EquipmentOrdersRepository, type TestOrder, type TestedLot } from './equipment-orders.repository';
import { EquipmentTestsRepository } from './equipment-tests.repository';
import { HoldEquipment, type HoldNote } from './hold-equipment';

/** Records that equipment was tested, and does what the result asks for. */
@Injectable()
export class RecordTestUseCase {
  constructor(
    private readonly depots: DepotsRepository,
    private readonly due: EquipmentDueRepository,
    private readonly orders: EquipmentOrdersRepository,
    private readonly tests: EquipmentTestsRepository,
    private readonly holding: HoldEquipment,
    private readonly outbox: Outbox,
  ) {}

  /**
   * A failed test takes the free pieces of the lot in this depot into quarantine and leaves an order open for their
   * repair; a passed one ends the order and puts what it held back.
   * @throws DomainError in this order: SUPPLIES_DEPOT_NOT_FOUND (also out of the caller's reach), REQUEST_INVALID,
   *   SUPPLIES_LOT_NOT_FOUND when nothing of it lies there, SUPPLIES_EQUIPMENT_TEST_UNKNOWN
   */
  async execute(
    tx: Tx,
    { caller, request }: { readonly caller: Caller; readonly request: RecordTestRequest },
    causeFor: (lotId: string) => Cause,
  ): Promise<RecordTestResponse> {
    const { depotId, lotId, testKind, result, testedOn } = request;
    const today = chinaDay(tx.now);
    const depot = await this.depots.findFor(tx, caller, depotId);
    assertRequest(request, today);
    const itemCode = await this.tests.itemInDepot(tx, depot.id, lotId);
    const tested: TestedLot = { depotId: depot.id, lotId, itemCode, testKind };
    const intervalMonths = await this.due.intervalOf(tx, today, tested);
    if (intervalMonths === undefined) {
      throw new DomainError('SUPPLIES_EQUIPMENT_TEST_UNKNOWN', { facts: { itemCode, testKind } });
    }
    const note = { reason: reasonOf(request), recordedBy: recorderOf(caller), cause: causeFor(lotId) };
    const { order, movementId } = await this.follow(tx, tested, request, note);
    const nextDueOn = nextDueAfter(result, testedOn, intervalMonths);
    const testId = newId();
    const facts = { id: testId, orderId: order?.id ?? null, nextDueOn, movementId };
    await this.tests.insert(tx, { ...facts, ...tested }, request, caller);
    const told = { testId, depotId: depot.id, lotId, itemCode, testKind, result, testedOn, nextDueOn, movementId };
    await this.outbox.add(tx, EquipmentTestRecorded, told, note.cause);
    return { testId, orderId: facts.orderId, nextDueOn, movementId };
  }

  private async follow(
    tx: Tx,
    tested: TestedLot,
    { result, testedOn }: RecordTestRequest,
    note: HoldNote,
  ): Promise<{ order: TestOrder | undefined; movementId: string | null }> {
    let order = await this.orders.lock(tx, tested);
    if (!order && result === 'failed') {
      const due = { ...tested, dueOn: testedOn, opensOn: testedOn, holdOn: addDays(testedOn, 1) };
      await this.orders.open(tx, [due]);
      order = await this.orders.lock(tx, tested);
    }
    if (!order || !nextTestOrderState(order.state, eventOfResult(result)))
      return { order: undefined, movementId: null };
    const movementId =
      result === 'failed'
        ? await this.holding.hold(tx, order, 'repair', note)
        : await this.holding.release(tx, order, note);
    return { order, movementId };
  }
}

function assertRequest({ testedOn, result, remarks }: RecordTestRequest, today: Day): void {
  if (testedOn > today) {
    throw new DomainError('REQUEST_INVALID', { errors: [{ pointer: '/testedOn', reason: 'lies in the future' }] });
  }
  if (result !== 'passed' && remarks === undefined) {
    throw new DomainError('REQUEST_INVALID', { errors: [{ pointer: '/remarks', reason: 'says what was found' }] });
  }
}

const reasonOf = ({ testKind, testedOn, result, remarks }: RecordTestRequest): string =>
  `${testKind} of ${testedOn}: ${result}${remarks === undefined ? '' : `, ${remarks}`}`.slice(0, 500);
