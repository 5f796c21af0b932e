import { Injectable } from '@nestjs/common';
import { DomainError, type Caller } from '@ledger/contracts';
import { Database, type PageQuery } from '@ledger/platform';
import { regionPattern } from '../scope';
import type { BookingResponse, TrainingSiteResponse } from './dto/training-site.dto';

interface BookingRow extends Omit<BookingResponse, 'from' | 'until' | 'cancelledAt'> {
  readonly from: Date;
  readonly until: Date;
  readonly cancelledAt: Date | null;
}

const OPEN = `(s.region_code LIKE $1 OR starts_with($2, s.open_to_region_code))`;

@Injectable()
export class TrainingSitesQueries {
  constructor(private readonly database: Database) {}

  /** Sites in the caller's region and those open to it. */
  async sites(caller: Caller, page: PageQuery): Promise<TrainingSiteResponse[]> {
    return this.database.query<TrainingSiteResponse>(
      `SELECT s.id, s.code, s.name_zh AS "nameZh", s.name_en AS "nameEn", s.region_code AS "regionCode",
              s.open_to_region_code AS "openToRegionCode", s.address, s.facilities,
              s.capacity_people AS "capacityPeople"
       FROM training_sites s WHERE ${OPEN} ORDER BY s.code LIMIT $3 OFFSET $4`,
      [...scopeOf(caller), page.limit, page.offset],
    );
  }

  /**
   * The bookings of a site, the latest first.
   * @throws DomainError TEAMS_TRAINING_SITE_NOT_FOUND
   */
  async bookings(caller: Caller, siteId: string, page: PageQuery): Promise<BookingResponse[]> {
    const found = await this.database.query(`SELECT 1 FROM training_sites s WHERE ${OPEN} AND s.id = $3`, [
      ...scopeOf(caller),
      siteId,
    ]);
    if (found.length === 0) throw new DomainError('TEAMS_TRAINING_SITE_NOT_FOUND');
    const rows = await this.database.query<BookingRow>(
      `SELECT b.id, lower(b.during) AS "from", upper(b.during) AS until, b.people, b.purpose,
              b.booked_by AS "bookedBy", b.cancelled_at AS "cancelledAt",
              ARRAY(SELECT t.name_zh FROM training_booking_teams m JOIN teams t ON t.id = m.team_id
                    WHERE m.booking_id = b.id ORDER BY 1) AS "teamNames"
       FROM training_bookings b WHERE b.site_id = $1 ORDER BY lower(b.during) DESC, b.id LIMIT $2 OFFSET $3`,
      [siteId, page.limit, page.offset],
    );
    return rows.map((row) => ({
      ...row,
      from: row.from.toISOString(),
      until: row.until.toISOString(),
      cancelledAt: row.cancelledAt?.toISOString() ?? null,
    }));
  }
}

const scopeOf = (caller: Caller): string[] => [regionPattern(caller.regionCode), caller.regionCode];
