import { Injectable } from '@nestjs/common';
import { DomainError, regionCovers, type Caller } from '@ledger/contracts';
import { newId, type Tx } from '@ledger/platform';
import type { SetThresholdRequest, ThresholdResponse } from './dto/warehouse-rule.dto';

export interface ThresholdEntry {
  readonly caller: Caller;
  readonly request: SetThresholdRequest;
}

/** Says from which value on a region is stricter. What was said before stays on record. */
@Injectable()
export class SetThresholdUseCase {
  /** @throws DomainError AUTH_REGION_OUT_OF_SCOPE */
  async execute(tx: Tx, { caller, request }: ThresholdEntry): Promise<ThresholdResponse> {
    const { regionCode, kind, value, basis } = request;
    if (!regionCovers(caller.regionCode, regionCode)) throw new DomainError('AUTH_REGION_OUT_OF_SCOPE');
    await tx.execute(
      `INSERT INTO warehouse_thresholds (id, region_code, kind, value, basis, set_by, set_by_id)
       VALUES ($1, $2, $3, $4, $5, $6, $7)`,
      [newId(), regionCode, kind, value, basis, caller.displayName, caller.userId],
    );
    return { regionCode, kind, value, basis, setBy: caller.displayName, setAt: tx.now.toISOString() };
  }
}
