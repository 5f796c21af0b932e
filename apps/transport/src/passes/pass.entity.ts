import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { TripRow } from '../trips/trip.entity';

/** Row shapes of green-channel passes and of the keys that sign them. */

@Entity('pass_keys')
@Index('ux_pass_keys_one_private', { synchronize: false })
export class PassKeyRow {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'pk_pass_keys' })
  kid!: string;
  @Column('jsonb', { name: 'public_jwk' })
  publicJwk!: unknown;
  /** Secret; null for a key that lives in a file. */
  @Column('jsonb', { name: 'private_jwk', nullable: true })
  privateJwk!: unknown;
  @Column('timestamptz', { name: 'created_at', default: () => 'now()' })
  createdAt!: Date;
}

@Entity('passes')
@Unique('uq_passes_trip', ['tripId'])
@Check('ck_passes_hours', 'valid_until > valid_from')
export class PassRow {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'pk_passes' })
  number!: string;
  @Column('uuid', { name: 'trip_id' })
  @ForeignKey(() => TripRow, { name: 'fk_passes_trip' })
  tripId!: string;
  @Column('text')
  @ForeignKey(() => PassKeyRow, { name: 'fk_passes_key' })
  kid!: string;
  /** Signed, compact. Sensitive: whoever shows it passes. */
  @Column('text')
  token!: string;
  @Column('timestamptz', { name: 'valid_from' })
  validFrom!: Date;
  @Column('timestamptz', { name: 'valid_until' })
  validUntil!: Date;
  @Column('timestamptz', { name: 'revoked_at', nullable: true })
  revokedAt!: Date | null;
}
