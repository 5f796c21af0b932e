import { Injectable } from '@nestjs/common';
import { DomainError, type Caller } from '@ledger/contracts';
import { newId, type Tx } from '@ledger/platform';
import { assertActive } from '../registry/amend-team';
import { assertKeeps } from '../registry/register-team';
import { TeamEntriesRepository } from '../registry/team-entries.repository';
import type { RecordServiceContractRequest, ServiceContractWrittenResponse } from './dto/social-record.dto';

export interface ServiceContract {
  readonly caller: Caller;
  readonly teamId: string;
  readonly request: RecordServiceContractRequest;
}

/** Enters a contract by which the service of a team is bought, with its rates. */
@Injectable()
export class RecordServiceContractUseCase {
  constructor(private readonly entries: TeamEntriesRepository) {}

  /**
   * @throws DomainError in this order: TEAMS_TEAM_NOT_FOUND, TEAMS_TEAM_ORGANISATION_FOREIGN, TEAMS_TEAM_DISBANDED,
   *   TEAMS_DATES_INVALID when it ends before it begins, TEAMS_CONTRACT_NUMBER_TAKEN
   * Source: plan 004 §16–17 (bought services).
   */
  async execute(tx: Tx, { caller, teamId, request }: ServiceContract): Promise<ServiceContractWrittenResponse> {
    const team = await this.entries.lockFor(tx, caller, teamId);
    assertKeeps(caller, team);
    assertActive(team);
    if (request.endsOn < request.beginsOn) throw new DomainError('TEAMS_DATES_INVALID');
    const contractId = newId();
    const inserted = await tx.execute(
      `INSERT INTO service_contracts (id, team_id, number, buyer_name, service, begins_on, ends_on, recorded_at,
                                      recorded_by, recorded_by_id)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (number) DO NOTHING`,
      [
        ...[contractId, teamId, request.number, request.buyerName, request.service, request.beginsOn, request.endsOn],
        ...[tx.now, caller.username, caller.userId],
      ],
    );
    if (inserted === 0) throw new DomainError('TEAMS_CONTRACT_NUMBER_TAKEN');
    await tx.execute(
      `INSERT INTO service_contract_rates (contract_id, per, amount_fen)
       SELECT $1, per, amount FROM unnest($2::text[], $3::bigint[]) AS rate (per, amount)`,
      [contractId, request.rates.map(({ per }) => per), request.rates.map(({ amountFen }) => amountFen)],
    );
    return { contractId };
  }
}
