import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { regionCodeCheck } from '@ledger/platform';
import { DepotRow, ItemRow } from '../catalogue/catalogue.entity';
import { LotRow } from '../stock/stock.entity';
import { DONATION_STATES } from './domain/donation-state';

const listOf = (values: readonly string[]): string => values.map((value) => `'${value}'`).join(', ');
export const purposeCheck = (kinds: readonly string[]): string => `
  purpose_kind IN (${listOf(kinds)}) AND (purpose_kind = 'region') = (purpose_region_code IS NOT NULL)
  AND (purpose_kind = 'incident') = (purpose_incident_id IS NOT NULL)
  AND (purpose_kind = 'group') = (purpose_group IS NOT NULL)`;

/** Goods or money that somebody gives, for one depot. Money is recorded, not kept. */
@Entity('donations')
@Unique('uq_donations_number', ['number'])
@Unique('uq_donations_trace_code', ['traceCode'])
@Unique('uq_donations_certificate_number', ['certificateNumber'])
@Index('ix_donations_region', { synchronize: false })
@Check('ck_donations_trace_code', `trace_code ~ '^[0-9A-HJKMNP-TV-Z]{26}$'`)
@Check('ck_donations_state', `state IN (${listOf(DONATION_STATES)})`)
@Check('ck_donations_region_code', regionCodeCheck('region_code'))
@Check('ck_donations_purpose', purposeCheck(['undirected', 'region', 'incident', 'group']))
@Check('ck_donations_purpose_region_code', regionCodeCheck('purpose_region_code'))
@Check('ck_donations_money', 'money_fen > 0')
@Check('ck_donations_certificate', '(certificate_number IS NULL) = (certified_at IS NULL)')
export class DonationRow {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_donations' })
  id!: string;
  @Column('text')
  number!: string;
  /** Printed on the certificate; whoever knows it may follow the goods. */
  @Column('text', { name: 'trace_code' })
  traceCode!: string;
  @Column('text')
  state!: string;
  @Column('uuid', { name: 'depot_id' })
  @ForeignKey(() => DepotRow, { name: 'fk_donations_depot' })
  depotId!: string;
  /** Of the depot, as is the organisation. */
  @Column('text', { name: 'region_code' })
  regionCode!: string;
  @Column('uuid', { name: 'organisation_id' })
  organisationId!: string;
  @Column('text', { name: 'purpose_kind' })
  purposeKind!: string;
  @Column('text', { name: 'purpose_region_code', nullable: true })
  purposeRegionCode!: string | null;
  @Column('uuid', { name: 'purpose_incident_id', nullable: true })
  purposeIncidentId!: string | null;
  @Column('text', { name: 'purpose_group', nullable: true })
  purposeGroup!: string | null;
  @Column('bigint', { name: 'money_fen', nullable: true })
  moneyFen!: string | null;
  @Column('boolean', { name: 'acted_first', default: false })
  actedFirst!: boolean;
  @Column('text', { name: 'recorded_by' })
  recordedBy!: string;
  @Column('uuid', { name: 'recorded_by_id' })
  recordedById!: string;
  @Column('timestamptz', { name: 'recorded_at', default: () => 'now()' })
  recordedAt!: Date;
  @Column('timestamptz', { name: 'accepted_at', nullable: true })
  acceptedAt!: Date | null;
  @Column('text', { name: 'end_reason', nullable: true })
  endReason!: string | null;
  @Column('text', { name: 'certificate_number', nullable: true })
  certificateNumber!: string | null;
  @Column('timestamptz', { name: 'certified_at', nullable: true })
  certifiedAt!: Date | null;
}

/** Who gave. Apart from the donation, so that it can be erased and nothing else with it. */
@Entity('donation_donors')
@Check('ck_donation_donors_kind', `kind IN ('person', 'organisation')`)
@Check('ck_donation_donors_name', 'anonymous OR name IS NOT NULL')
@Check('ck_donation_donors_publish', 'NOT publish_name OR NOT anonymous')
@Check(
  'ck_donation_donors_erased',
  'erased_at IS NULL OR (anonymous AND name IS NULL AND phone IS NULL AND address IS NULL)',
)
export class DonationDonorRow {
  @PrimaryColumn('uuid', { name: 'donation_id', primaryKeyConstraintName: 'pk_donation_donors' })
  @ForeignKey(() => DonationRow, { name: 'fk_donation_donors_donation' })
  donationId!: string;
  @Column('text')
  kind!: string;
  @Column('boolean')
  anonymous!: boolean;
  @Column('text', { nullable: true })
  name!: string | null;
  @Column('text', { nullable: true })
  phone!: string | null;
  @Column('text', { nullable: true })
  address!: string | null;
  /** The donor agrees that the name is published. */
  @Column('boolean', { name: 'publish_name' })
  publishName!: boolean;
  @Column('timestamptz', { name: 'erased_at', nullable: true })
  erasedAt!: Date | null;
}

@Entity('donation_lines')
@Unique('uq_donation_lines_position', ['donationId', 'position'])
@Unique('uq_donation_lines_lot', ['lotId'])
@Check('ck_donation_lines_quantity', 'declared_base > 0 AND value_fen >= 0 AND received_base >= 0')
@Check('ck_donation_lines_decision', `decision IN ('open', 'accepted', 'refused')`)
@Check(
  'ck_donation_lines_refusal',
  `(decision = 'refused') = (refusal_reason IS NOT NULL)
   AND refusal_reason IN ('expired', 'unsafe', 'unsuitable', 'not-needed')`,
)
@Check('ck_donation_lines_received', `received_base = 0 OR (decision = 'accepted' AND lot_id IS NOT NULL)`)
export class DonationLineRow {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_donation_lines' })
  id!: string;
  @Column('uuid', { name: 'donation_id' })
  @ForeignKey(() => DonationRow, { name: 'fk_donation_lines_donation' })
  donationId!: string;
  @Column('integer')
  position!: number;
  @Column('text', { name: 'item_code' })
  @ForeignKey(() => ItemRow, { name: 'fk_donation_lines_item' })
  itemCode!: string;
  @Column('bigint', { name: 'declared_base' })
  declaredBase!: string;
  /** Estimated by whoever took it down; it decides who signs. */
  @Column('bigint', { name: 'value_fen' })
  valueFen!: string;
  @Column('text', { default: 'open' })
  decision!: string;
  @Column('text', { name: 'refusal_reason', nullable: true })
  refusalReason!: string | null;
  @Column('text', { name: 'refusal_note', nullable: true })
  refusalNote!: string | null;
  @Column('bigint', { name: 'received_base', default: 0 })
  receivedBase!: string;
  /** A lot of its own, whatever is printed on the goods. */
  @Column('uuid', { name: 'lot_id', nullable: true })
  @ForeignKey(() => LotRow, { name: 'fk_donation_lines_lot' })
  lotId!: string | null;
}
