import { Injectable } from '@nestjs/common';
import type { Caller } from '@ledger/contracts';
import { newId, type Tx } from '@ledger/platform';
import { DepotsRepository } from '../catalogue/depots.repository';
import type { InspectionPolicyResponse, SetInspectionPolicyRequest } from './dto/warehouse-rule.dto';

export interface InspectionPolicyEntry {
  readonly depotId: string;
  readonly caller: Caller;
  readonly request: SetInspectionPolicyRequest;
}

/** Says how a depot inspects from now on. What was said before stays on record. */
@Injectable()
export class SetInspectionPolicyUseCase {
  constructor(private readonly depots: DepotsRepository) {}

  /** @throws DomainError SUPPLIES_DEPOT_NOT_FOUND, also out of the caller's reach */
  async execute(tx: Tx, { depotId, caller, request }: InspectionPolicyEntry): Promise<InspectionPolicyResponse> {
    const depot = await this.depots.findFor(tx, caller, depotId, 'clear');
    const { twoPeople, withinHours, reason } = request;
    await tx.execute(
      `INSERT INTO inspection_policies (id, depot_id, two_people, within_hours, reason, set_by, set_by_id)
       VALUES ($1, $2, $3, $4, $5, $6, $7)`,
      [newId(), depot.id, twoPeople, withinHours, reason, caller.displayName, caller.userId],
    );
    const setAt = tx.now.toISOString();
    return { depotId: depot.id, twoPeople, withinHours, reason, setBy: caller.displayName, setAt, isDefault: false };
  }
}
