import { Injectable } from '@nestjs/common';
import { DomainError, type Caller } from '@ledger/contracts';
import { newId, type Tx } from '@ledger/platform';
import { recorderOf } from '../stock/domain/recorder';
import { reportedTime } from '../stock/domain/request-lines';
import { DepotEntriesRepository } from './depot-entries.repository';
import { DepotRecordsRepository } from './depot-records.repository';
import type { PeopleReportResponse, ReportPeopleRequest } from './dto/people.dto';

export interface PeopleReportInput {
  readonly depotId: string;
  readonly caller: Caller;
  readonly request: ReportPeopleRequest;
}

/** Records how many people are in a shelter. A report is never changed: the next one replaces what it says. */
@Injectable()
export class ReportPeopleUseCase {
  constructor(
    private readonly entries: DepotEntriesRepository,
    private readonly records: DepotRecordsRepository,
  ) {}

  /**
   * More people than places are recorded as they are; the depot's entry warns of them.
   * @throws DomainError in this order: SUPPLIES_DEPOT_NOT_FOUND (also out of the caller's reach),
   *   SUPPLIES_DEPOT_NO_SHELTER, REQUEST_INVALID for a count in the future or more priority people than people
   * Source: plan 004 §24 (shelter, priority groups).
   */
  async execute(tx: Tx, { depotId, caller, request }: PeopleReportInput): Promise<PeopleReportResponse> {
    const depot = await this.entries.lockFor(tx, caller, depotId);
    if (depot.kind !== 'shelter') throw new DomainError('SUPPLIES_DEPOT_NO_SHELTER', { facts: { kind: depot.kind } });
    const { peoplePresent, priorityPeople } = request;
    if (priorityPeople > peoplePresent) {
      throw new DomainError('REQUEST_INVALID', {
        errors: [{ pointer: '/priorityPeople', reason: 'are more than the people present' }],
      });
    }
    const countedAt = reportedTime(request.countedAt, tx.now, '/countedAt');
    const report = { id: newId(), peoplePresent, priorityPeople, countedAt, note: request.note ?? null };
    await this.records.insertReport(tx, { ...report, depotId: depot.id, by: recorderOf(caller) });
    return { ...report, countedAt: countedAt.toISOString(), reportedBy: caller.displayName };
  }
}
