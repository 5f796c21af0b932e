import { Injectable } from '@nestjs/common';
import type { Tx } from '@ledger/platform';
import { ResourceView } from '../projections/resource-view';
import type { AllocationState, GoodsLine } from './domain/allocation';
import { planGoods, type GoodsPlan } from './domain/plan-goods';

/** Plans a line of goods over what the projection knows of depots and stock. */
@Injectable()
export class LinePlanner {
  constructor(private readonly resources: ResourceView) {}

  async plan(
    tx: Tx,
    state: Pick<AllocationState, 'site' | 'usableUntil'>,
    line: Pick<GoodsLine, 'itemCode' | 'requestedBase' | 'excludedDepotIds'>,
  ): Promise<GoodsPlan> {
    const depots = await this.resources.depotsWithStock(tx, line.itemCode);
    const { site, usableUntil } = state;
    const { excludedDepotIds, requestedBase: demandBase } = line;
    return planGoods({ site, usableUntil, demandBase, excludedDepotIds }, depots);
  }
}
