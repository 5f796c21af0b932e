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

  /**
   * What enterprises keep under contracts that are in force on a day and whose figures are fresh.
   * @param pattern  LIKE pattern of the regions that concluded them
   */
  abstract kept(reader: Pick<Tx, 'query'>, pattern: string, day: Day): Promise<EnterpriseStock[]>;
}

/** Goods that an enterprise keeps for a region. */
export interface EnterpriseStock {
  readonly enterpriseId: string;
  readonly enterpriseName: string;
  readonly regionCode: string;
  readonly itemCode: string;
  /** As far as we know: confirmed, less what was taken since. */
  readonly stockBase: number;
  /** What the contract itself asks it to keep. */
  readonly minimumBase: number;
}
