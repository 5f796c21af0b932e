import { Injectable, type OnApplicationBootstrap, type OnModuleInit } from '@nestjs/common';
import { Database, Deadlines, type Cause, type Tx } from '@ledger/platform';
import { SweepEquipment } from './equipment/sweep-equipment';
import { FollowGoods } from './follow-goods';
import { OpenOrdersUseCase } from './open-orders';
import { EndAcceptance } from './sharing/end-acceptance';

/** Kind of the deadline that looks through the stock again and again. */
export const ROTATION_SWEEP = 'rotation-sweep';
/** There is one sweep for the whole service, however many copies run. */
const SWEEP_ID = '0197f0c0-0000-7000-8000-0000005eeeb0';
const OWNER = 'stock-manager';
/** Days count here, not seconds. */
const EVERY_SECONDS = 600;
const MAX_PER_STEP = 200;
/** A step is one transaction: short enough for a province, and for the limit on statements. */
const DEPOTS_PER_STEP = 25;

const causeOfSweep = (subject: string): Cause => ({
  correlationId: subject,
  causationId: ROTATION_SWEEP,
  realm: 'real',
});

/** Where a sweep goes on: after a depot, or from the first one. */
export interface SweepPosition {
  readonly afterDepotId: string | null;
}

/**
 * Finds by query what has become due, depot by depot, and opens the orders for it. It keeps no date of its own: whatever
 * happened while nothing ran is found by the next sweep.
 */
@Injectable()
export class SweepRotationUseCase implements OnModuleInit, OnApplicationBootstrap {
  constructor(
    private readonly database: Database,
    private readonly deadlines: Deadlines,
    private readonly opening: OpenOrdersUseCase,
    private readonly goods: FollowGoods,
    private readonly equipment: SweepEquipment,
    private readonly acceptances: EndAcceptance,
  ) {}

  onModuleInit(): void {
    this.deadlines.on(ROTATION_SWEEP, async (tx, { payload }) => {
      const { afterDepotId } = payload as Partial<SweepPosition>;
      await this.planNext(tx, await this.step(tx, { afterDepotId: afterDepotId ?? null }));
    });
  }

  /** The first sweep comes soon after a start; one that is planned already is left alone. */
  async onApplicationBootstrap(): Promise<void> {
    await this.database.transaction(async (tx) => {
      const planned = await tx.query('SELECT 1 FROM deadlines WHERE kind = $1', [ROTATION_SWEEP]);
      if (planned.length === 0) await this.plan(tx, { afterDepotId: null }, 0);
    });
  }

  /**
   * Looks through the next depots.
   * @returns where to go on at once, or undefined when all have been looked through
   */
  async step(tx: Tx, from: SweepPosition): Promise<SweepPosition | undefined> {
    const depots = await tx.query<{ id: string }>(
      'SELECT id FROM depots WHERE $1::uuid IS NULL OR id > $1 ORDER BY id LIMIT $2',
      [from.afterDepotId, DEPOTS_PER_STEP],
    );
    const depotIds = depots.map(({ id }) => id);
    const found = await this.opening.openDue(tx, depotIds, MAX_PER_STEP, causeOfSweep);
    await this.acceptances.followTransfers(tx, depotIds);
    await this.goods.followAll(tx, depotIds);
    const more = await this.equipment.execute(tx, depotIds, MAX_PER_STEP, causeOfSweep);
    if (more || found === MAX_PER_STEP) return from;
    return depots.length < DEPOTS_PER_STEP ? undefined : { afterDepotId: depotIds[depotIds.length - 1] };
  }

  private planNext(tx: Tx, next: SweepPosition | undefined): Promise<void> {
    return next ? this.plan(tx, next, 0) : this.plan(tx, { afterDepotId: null }, EVERY_SECONDS);
  }

  private plan(tx: Tx, from: SweepPosition, dueInSeconds: number): Promise<void> {
    const deadline = { kind: ROTATION_SWEEP, subjectId: SWEEP_ID, dueInSeconds, owner: OWNER };
    return this.deadlines.schedule(tx, { ...deadline, payload: { ...from } });
  }
}
