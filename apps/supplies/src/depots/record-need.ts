import { Injectable } from '@nestjs/common';
import type { Caller } from '@ledger/contracts';
import { newId, requireRegion, type Tx } from '@ledger/platform';
import { chinaDay } from '../stock/domain/calendar';
import { recorderOf } from '../stock/domain/recorder';
import { DepotRecordsRepository } from './depot-records.repository';
import { assertPeriod } from './domain/period';
import type { RecordNeedRequest, RecordedNeedResponse } from './dto/pre-positioning.dto';

/** Records that goods have to lie in a region beforehand, because it is cut off easily or at high risk. */
@Injectable()
export class RecordNeedUseCase {
  constructor(private readonly records: DepotRecordsRepository) {}

  /**
   * A region may have several needs at a time, one for snow and one for floods.
   * @throws DomainError AUTH_REGION_OUT_OF_SCOPE, REQUEST_INVALID when it ends before it begins
   * Source: plan 004 §22 (points where roads are bad), plan 004 §4.5 (township and village points).
   */
  async execute(
    tx: Tx,
    { caller, request }: { readonly caller: Caller; readonly request: RecordNeedRequest },
  ): Promise<RecordedNeedResponse> {
    requireRegion(caller, request.regionCode);
    const { regionCode, reason, riskLevel, source } = request;
    const period = { validFrom: request.validFrom ?? chinaDay(tx.now), validTo: request.validTo ?? null };
    assertPeriod(period);
    const need = { id: newId(), regionCode, reason, riskLevel, source, ...period };
    await this.records.insertNeed(tx, { ...need, by: recorderOf(caller) });
    return { ...need, recordedBy: caller.displayName };
  }
}
