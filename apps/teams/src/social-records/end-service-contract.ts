import { Injectable } from '@nestjs/common';
import { DomainError, type Caller } from '@ledger/contracts';
import type { Tx } from '@ledger/platform';
import { assertKeeps } from '../registry/register-team';
import { regionPattern, type TeamScope } from '../scope';
import type { EndServiceContractRequest, ServiceContractWrittenResponse } from './dto/social-record.dto';

export interface ContractEnd {
  readonly caller: Caller;
  readonly contractId: string;
  readonly request: EndServiceContractRequest;
}

interface LockedContract extends TeamScope {
  readonly beginsOn: string;
  readonly endsOn: string;
  readonly endedOn: string | null;
}

/** Ends a contract before the day that was signed. */
@Injectable()
export class EndServiceContractUseCase {
  /**
   * @throws DomainError in this order: TEAMS_CONTRACT_NOT_FOUND, TEAMS_TEAM_ORGANISATION_FOREIGN, TEAMS_CONTRACT_ENDED,
   *   TEAMS_DATES_INVALID when the day is not one of the contract's
   */
  async execute(tx: Tx, { caller, contractId, request }: ContractEnd): Promise<ServiceContractWrittenResponse> {
    const [contract] = await tx.query<LockedContract>(
      `SELECT c.begins_on::text AS "beginsOn", c.ends_on::text AS "endsOn", c.ended_on::text AS "endedOn",
              t.region_code AS "regionCode", t.organisation_id AS "organisationId"
       FROM service_contracts c JOIN teams t ON t.id = c.team_id
       WHERE c.id = $1 AND t.region_code LIKE $2 FOR UPDATE OF c`,
      [contractId, regionPattern(caller.regionCode)],
    );
    if (!contract) throw new DomainError('TEAMS_CONTRACT_NOT_FOUND');
    assertKeeps(caller, contract);
    if (contract.endedOn !== null) throw new DomainError('TEAMS_CONTRACT_ENDED');
    const { endedOn, reason } = request;
    if (endedOn < contract.beginsOn || endedOn > contract.endsOn) throw new DomainError('TEAMS_DATES_INVALID');
    await tx.execute('UPDATE service_contracts SET ended_on = $2, end_reason = $3 WHERE id = $1', [
      ...[contractId, endedOn, reason],
    ]);
    return { contractId };
  }
}
