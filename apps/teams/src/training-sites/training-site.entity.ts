import { Check, Column, Entity, Exclusion, ForeignKey, PrimaryColumn, Unique } from 'typeorm';
import { regionCodeCheck } from '@ledger/platform';
import { TeamRow } from '../registry/team.entity';

@Entity('training_sites')
@Unique('uq_training_sites_code', ['code'])
@Check('ck_training_sites_region_code', regionCodeCheck('region_code'))
@Check('ck_training_sites_open_to_region_code', regionCodeCheck('open_to_region_code'))
@Check('ck_training_sites_capacity', 'capacity_people > 0')
export class TrainingSiteRow {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_training_sites' })
  id!: string;
  @Column('text')
  code!: string;
  @Column('text', { name: 'name_zh' })
  nameZh!: string;
  @Column('text', { name: 'name_en' })
  nameEn!: string;
  @Column('text', { name: 'region_code' })
  regionCode!: string;
  /** Who may book it: people of this region and below. */
  @Column('text', { name: 'open_to_region_code' })
  openToRegionCode!: string;
  @Column('uuid', { name: 'organisation_id' })
  organisationId!: string;
  @Column('text')
  address!: string;
  @Column('text')
  facilities!: string;
  @Column('integer', { name: 'capacity_people' })
  capacityPeople!: number;
}

@Entity('training_bookings')
@Check('ck_training_bookings_people', 'people > 0')
@Check('ck_training_bookings_region_code', regionCodeCheck('region_code'))
@Check('ck_training_bookings_cancelled', '(cancelled_at IS NULL) = (cancel_reason IS NULL)')
@Exclusion(
  'ex_training_bookings_one_at_a_time',
  'USING gist (site_id WITH =, during WITH &&) WHERE (cancelled_at IS NULL)',
)
export class TrainingBookingRow {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_training_bookings' })
  id!: string;
  @Column('uuid', { name: 'site_id' })
  @ForeignKey(() => TrainingSiteRow, { name: 'fk_training_bookings_site' })
  siteId!: string;
  @Column('tstzrange')
  during!: string;
  @Column('integer')
  people!: number;
  @Column('text')
  purpose!: string;
  @Column('timestamptz', { name: 'booked_at' })
  bookedAt!: Date;
  @Column('text', { name: 'booked_by' })
  bookedBy!: string;
  @Column('uuid', { name: 'booked_by_id' })
  bookedById!: string;
  /** Of the person who booked. */
  @Column('text', { name: 'region_code' })
  regionCode!: string;
  @Column('timestamptz', { name: 'cancelled_at', nullable: true })
  cancelledAt!: Date | null;
  @Column('text', { name: 'cancel_reason', nullable: true })
  cancelReason!: string | null;
}

@Entity('training_booking_teams')
export class TrainingBookingTeamRow {
  @PrimaryColumn('uuid', { name: 'booking_id', primaryKeyConstraintName: 'pk_training_booking_teams' })
  @ForeignKey(() => TrainingBookingRow, { name: 'fk_training_booking_teams_booking' })
  bookingId!: string;
  @PrimaryColumn('uuid', { name: 'team_id', primaryKeyConstraintName: 'pk_training_booking_teams' })
  @ForeignKey(() => TeamRow, { name: 'fk_training_booking_teams_team' })
  teamId!: string;
}
