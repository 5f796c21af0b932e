import { Injectable, type OnApplicationBootstrap, type OnModuleInit } from '@nestjs/common';
import { Database, Deadlines, type Cause, type Tx } from '@ledger/platform';
import { SweepEquipment } from './equipment/sweep-equipment';
import { FollowGoods } from './follow-goods';
import { OpenOrdersUseCase } from './open-orders';

/** Kind of the deadline that looks through the stock again and again. */
export const ROTATION_SWEEP = 'rotation-sweep';
/** There is one sweep for the whole service, however many copies run. */
const SWEEP_ID = '0197f0c0-0000-7000-8000-0000005eeeb0';
const OWNER = 'stock-manager';
/** Days count here, not seconds. */
const EVERY_SECONDS = 600;
const MAX_PER_SWEEP = 200;

const causeOfSweep = (subject: string): Cause => ({
  correlationId: subject,
  causationId: ROTATION_SWEEP,
  realm: 'real',
});

/**
 * Finds by query what has become due, and opens the orders for it. It keeps no date of its own: whatever happened while
 * nothing ran is found by the next sweep.
 */
@Injectable()
export class SweepRotationUseCase implements OnModuleInit, OnApplicationBootstrap {
  constructor(
    private readonly database: Database,
    private readonly deadlines: Deadlines,
    private readonly opening: OpenOrdersUseCase,
    private readonly goods: FollowGoods,
    private readonly equipment: SweepEquipment,
  ) {}

  onModuleInit(): void {
    this.deadlines.on(ROTATION_SWEEP, (tx) => this.sweepAndPlanNext(tx));
  }

  /** The first sweep comes soon after a start; one that is planned already is left alone. */
  async onApplicationBootstrap(): Promise<void> {
    await this.database.transaction(async (tx) => {
      const planned = await tx.query('SELECT 1 FROM deadlines WHERE kind = $1', [ROTATION_SWEEP]);
      if (planned.length === 0) await this.plan(tx, 0);
    });
  }

  /** @returns whether there may be more to do at once */
  async execute(tx: Tx): Promise<boolean> {
    const found = await this.opening.openDue(tx, MAX_PER_SWEEP, causeOfSweep);
    await this.goods.followAll(tx);
    const more = await this.equipment.execute(tx, MAX_PER_SWEEP, causeOfSweep);
    return more || found === MAX_PER_SWEEP;
  }

  private async sweepAndPlanNext(tx: Tx): Promise<void> {
    await this.plan(tx, (await this.execute(tx)) ? 0 : EVERY_SECONDS);
  }

  private plan(tx: Tx, dueInSeconds: number): Promise<void> {
    return this.deadlines.schedule(tx, { kind: ROTATION_SWEEP, subjectId: SWEEP_ID, dueInSeconds, owner: OWNER });
  }
}
