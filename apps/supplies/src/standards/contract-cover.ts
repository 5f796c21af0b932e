import type { Tx } from '@ledger/platform';
import type { Day } from '../stock/domain/calendar';
import type { PromisedQuantity } from './domain/gap';

/** What contracts promise to regions; the feature that keeps reserve contracts answers it. */
export abstract class ContractCover {
  /**
   * What may still be called under contracts that are in force on a day, by the region that concluded them.
   * @param pattern  LIKE pattern of the regions
   */
  abstract promised(reader: Pick<Tx, 'query'>, pattern: string, day: Day): Promise<PromisedQuantity[]>;
}
