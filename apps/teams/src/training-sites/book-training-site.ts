import { Injectable } from '@nestjs/common';
import { DomainError, type Caller } from '@ledger/contracts';
import { newId, type Tx } from '@ledger/platform';
import { assertActive } from '../registry/amend-team';
import { assertKeeps } from '../registry/register-team';
import { TeamEntriesRepository } from '../registry/team-entries.repository';
import { checkBooking, isOpenTo, type BookableSite } from './domain/check-booking';
import type { BookTrainingSiteRequest, BookingWrittenResponse } from './dto/training-site.dto';

export interface Booking {
  readonly caller: Caller;
  readonly siteId: string;
  readonly request: BookTrainingSiteRequest;
}

/** Books a site for teams; the database lets one booking have it at a time. */
@Injectable()
export class BookTrainingSiteUseCase {
  constructor(private readonly entries: TeamEntriesRepository) {}

  /**
   * @throws DomainError in this order: TEAMS_TRAINING_SITE_NOT_FOUND (also one that is not open to the caller),
   *   TEAMS_DATES_INVALID, TEAMS_TRAINING_SITE_TOO_SMALL, for each team TEAMS_TEAM_NOT_FOUND,
   *   TEAMS_TEAM_ORGANISATION_FOREIGN and TEAMS_TEAM_DISBANDED, TEAMS_TRAINING_SITE_BOOKED
   */
  async execute(tx: Tx, { caller, siteId, request }: Booking): Promise<BookingWrittenResponse> {
    const [site] = await tx.query<BookableSite>(
      `SELECT region_code AS "regionCode", open_to_region_code AS "openToRegionCode",
              capacity_people AS "capacityPeople" FROM training_sites WHERE id = $1`,
      [siteId],
    );
    if (!site || !isOpenTo(site, caller.regionCode)) throw new DomainError('TEAMS_TRAINING_SITE_NOT_FOUND');
    const { people, purpose } = request;
    const wanted = { from: new Date(request.from), until: new Date(request.until), people };
    checkBooking(site, wanted, tx.now);
    const teamIds = [...request.teamIds].sort();
    for (const teamId of teamIds) {
      const team = await this.entries.lockFor(tx, caller, teamId);
      assertKeeps(caller, team);
      assertActive(team);
    }
    const bookingId = newId();
    const inserted = await tx.execute(
      `INSERT INTO training_bookings (id, site_id, during, people, purpose, booked_at, booked_by, booked_by_id,
                                      region_code)
       VALUES ($1, $2, tstzrange($3, $4), $5, $6, $7, $8, $9, $10) ON CONFLICT DO NOTHING`,
      [
        ...[bookingId, siteId, wanted.from, wanted.until, people, purpose],
        ...[tx.now, caller.username, caller.userId, caller.regionCode],
      ],
    );
    if (inserted === 0) throw new DomainError('TEAMS_TRAINING_SITE_BOOKED');
    await tx.execute(
      'INSERT INTO training_booking_teams (booking_id, team_id) SELECT $1, team FROM unnest($2::uuid[]) AS team',
      [bookingId, teamIds],
    );
    return { bookingId };
  }
}
