import { Injectable } from '@nestjs/common';
import { DomainError } from '@ledger/contracts';
import type { Tx } from '@ledger/platform';
import type { Recorder } from '../stock/domain/recorder';
import type { RiskLevel } from './domain/depot-entry';

export interface Keeper {
  readonly id: string;
  readonly depotId: string;
  readonly userId: string;
  readonly name: string;
  readonly phone: string;
  readonly validFrom: string;
  readonly validTo: string | null;
}

export interface PeopleReport {
  readonly id: string;
  readonly depotId: string;
  readonly peoplePresent: number;
  readonly priorityPeople: number;
  readonly countedAt: Date;
  readonly note: string | null;
  readonly by: Recorder;
}

export interface Need {
  readonly id: string;
  readonly regionCode: string;
  readonly reason: string;
  readonly riskLevel: RiskLevel;
  readonly source: string;
  readonly validFrom: string;
  readonly validTo: string | null;
  readonly by: Recorder;
}

const KEEPER_COLUMNS = `
  id, depot_id AS "depotId", user_id AS "userId", name, phone, valid_from::text AS "validFrom",
  valid_to::text AS "validTo"`;

/** Writes what is recorded about depots beside their entries. The depot's row is locked before its keepers. */
@Injectable()
export class DepotRecordsRepository {
  /** The times in which a person keeps a depot. */
  keepersOf(tx: Tx, depotId: string, userId: string): Promise<Keeper[]> {
    return tx.query<Keeper>(`SELECT ${KEEPER_COLUMNS} FROM depot_keepers WHERE depot_id = $1 AND user_id = $2`, [
      depotId,
      userId,
    ]);
  }

  /** @throws DomainError SUPPLIES_KEEPER_NOT_FOUND */
  async keeper(tx: Tx, depotId: string, keeperId: string): Promise<Keeper> {
    const [keeper] = await tx.query<Keeper>(
      `SELECT ${KEEPER_COLUMNS} FROM depot_keepers WHERE depot_id = $1 AND id = $2`,
      [depotId, keeperId],
    );
    if (!keeper) throw new DomainError('SUPPLIES_KEEPER_NOT_FOUND');
    return keeper;
  }

  async insertKeeper(tx: Tx, keeper: Keeper): Promise<void> {
    await tx.execute(
      `INSERT INTO depot_keepers (id, depot_id, user_id, name, phone, valid_from, valid_to)
       VALUES ($1, $2, $3, $4, $5, $6, $7)`,
      [keeper.id, keeper.depotId, keeper.userId, keeper.name, keeper.phone, keeper.validFrom, keeper.validTo],
    );
  }

  async endKeeper(tx: Tx, keeperId: string, validTo: string): Promise<void> {
    await tx.execute('UPDATE depot_keepers SET valid_to = $2 WHERE id = $1', [keeperId, validTo]);
  }

  async insertReport(tx: Tx, report: PeopleReport): Promise<void> {
    await tx.execute(
      `INSERT INTO depot_people_reports (id, depot_id, people_present, priority_people, counted_at, note, reported_by,
                                         reported_by_id)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [
        report.id,
        report.depotId,
        report.peoplePresent,
        report.priorityPeople,
        report.countedAt,
        report.note,
        report.by.name,
        report.by.userId,
      ],
    );
  }

  async insertNeed(tx: Tx, need: Need): Promise<void> {
    await tx.execute(
      `INSERT INTO pre_positioning_needs (id, region_code, reason, risk_level, source, valid_from, valid_to, recorded_by,
                                          recorded_by_id)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [
        need.id,
        need.regionCode,
        need.reason,
        need.riskLevel,
        need.source,
        need.validFrom,
        need.validTo,
        need.by.name,
        need.by.userId,
      ],
    );
  }

  /** Locks a need of a region pattern. @throws DomainError SUPPLIES_PRE_POSITIONING_NEED_NOT_FOUND */
  async lockNeed(tx: Tx, needId: string, pattern: string): Promise<Pick<Need, 'validFrom'>> {
    const [need] = await tx.query<Pick<Need, 'validFrom'>>(
      `SELECT valid_from::text AS "validFrom" FROM pre_positioning_needs
       WHERE id = $1 AND region_code LIKE $2 FOR UPDATE`,
      [needId, pattern],
    );
    if (!need) throw new DomainError('SUPPLIES_PRE_POSITIONING_NEED_NOT_FOUND');
    return need;
  }

  async endNeed(tx: Tx, needId: string, validTo: string): Promise<void> {
    await tx.execute('UPDATE pre_positioning_needs SET valid_to = $2 WHERE id = $1', [needId, validTo]);
  }
}
