import { Injectable } from '@nestjs/common';
import { DomainError, dayInChina, type Caller } from '@ledger/contracts';
import type { Tx } from '@ledger/platform';
import type { DemandRateResponse, SetDemandRateRequest } from './dto/demand-rate.dto';

/** Sets what people need of an item from a day on. */
@Injectable()
export class SetDemandRateUseCase {
  /**
   * @throws DomainError in this order: REQUEST_INVALID for a day that is past, SUPPLIES_ITEM_UNKNOWN,
   *   SUPPLIES_DEMAND_RATE_EXISTS
   */
  async execute(tx: Tx, caller: Caller, request: SetDemandRateRequest): Promise<DemandRateResponse> {
    const { itemCode, validFrom, oncePerThousandBase, dailyPerThousandBase, basis, source } = request;
    const today = dayInChina(tx.now);
    if (validFrom < today) {
      throw new DomainError('REQUEST_INVALID', { errors: [{ pointer: '/validFrom', reason: 'lies in the past' }] });
    }
    const known = await tx.query('SELECT 1 FROM items WHERE code = $1', [itemCode]);
    if (known.length === 0) throw new DomainError('SUPPLIES_ITEM_UNKNOWN');
    const inserted = await tx.execute(
      `INSERT INTO demand_rates (item_code, valid_from, once_per_thousand_base, daily_per_thousand_base, basis, source, set_by)
       VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (item_code, valid_from) DO NOTHING`,
      [itemCode, validFrom, oncePerThousandBase, dailyPerThousandBase, basis, source, caller.displayName],
    );
    if (inserted === 0) throw new DomainError('SUPPLIES_DEMAND_RATE_EXISTS');
    const rate = { itemCode, validFrom, oncePerThousandBase, dailyPerThousandBase, basis, source };
    return { ...rate, setBy: caller.displayName, inForce: validFrom === today };
  }
}
