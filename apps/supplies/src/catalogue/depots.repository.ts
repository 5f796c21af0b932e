import { Injectable } from '@nestjs/common';
import { DomainError, type Caller } from '@ledger/contracts';
import type { Tx } from '@ledger/platform';
import { mayActAt, type Place } from '../scope';

export interface Depot extends Place {
  readonly id: string;
  readonly code: string;
}

/** Depots, for use cases that move goods. */
@Injectable()
export class DepotsRepository {
  /**
   * The depot, if the caller may move its goods.
   * @throws DomainError SUPPLIES_DEPOT_NOT_FOUND for one that does not exist or is out of the caller's reach
   */
  async findFor(tx: Tx, caller: Caller, depotId: string): Promise<Depot> {
    const [depot] = await tx.query<Depot>(
      `SELECT id, code, region_code AS "regionCode", organisation_id AS "organisationId" FROM depots WHERE id = $1`,
      [depotId],
    );
    if (!depot || !mayActAt(caller, depot)) throw new DomainError('SUPPLIES_DEPOT_NOT_FOUND');
    return depot;
  }
}
