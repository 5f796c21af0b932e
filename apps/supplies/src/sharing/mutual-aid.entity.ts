import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { DepotRow, ItemRow } from '../catalogue/catalogue.entity';
import { LotRow, MovementRow } from '../stock/stock.entity';
import { LoanRow, LoanSettlementRow } from './loan.entity';

/** Goods on the road between the depots of two owners. `id` names their transit account. */
@Entity('sharing_journeys')
@Index('ix_sharing_journeys_subject', ['subjectId'])
@Check('ck_sharing_journeys_purpose', `purpose IN ('lend', 'give-back', 'draw')`)
@Check(
  'ck_sharing_journeys_state',
  `state IN ('on-the-road', 'received') AND (state = 'received') = (received_movement_id IS NOT NULL)`,
)
export class SharingJourneyRow {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_sharing_journeys' })
  id!: string;
  @Column('text')
  purpose!: string;
  /** The loan, or the draw from a joint reserve. */
  @Column('uuid', { name: 'subject_id' })
  subjectId!: string;
  @Column('uuid', { name: 'from_depot_id' })
  @ForeignKey(() => DepotRow, { name: 'fk_sharing_journeys_from_depot' })
  fromDepotId!: string;
  @Column('uuid', { name: 'to_depot_id' })
  @ForeignKey(() => DepotRow, { name: 'fk_sharing_journeys_to_depot' })
  toDepotId!: string;
  @Column('text')
  state!: string;
  @Column('uuid', { name: 'sent_movement_id' })
  @ForeignKey(() => MovementRow, { name: 'fk_sharing_journeys_sent' })
  sentMovementId!: string;
  @Column('text', { name: 'sent_by' })
  sentBy!: string;
  @Column('timestamptz', { name: 'sent_at', default: () => 'now()' })
  sentAt!: Date;
  @Column('uuid', { name: 'received_movement_id', nullable: true })
  @ForeignKey(() => MovementRow, { name: 'fk_sharing_journeys_received' })
  receivedMovementId!: string | null;
  @Column('text', { name: 'received_by', nullable: true })
  receivedBy!: string | null;
  @Column('timestamptz', { name: 'received_at', nullable: true })
  receivedAt!: Date | null;
  @Column('text', { nullable: true })
  note!: string | null;
}

/** A lot on a journey, and what became of it: received, damaged and lost pieces are all that was sent. */
@Entity('sharing_journey_lots')
@Check(
  'ck_sharing_journey_lots_quantities',
  `sent_base > 0 AND received_base >= 0 AND damaged_base >= 0 AND lost_base >= 0
   AND received_base + damaged_base + lost_base IN (0, sent_base)`,
)
export class SharingJourneyLotRow {
  @PrimaryColumn('uuid', { name: 'journey_id', primaryKeyConstraintName: 'pk_sharing_journey_lots' })
  @ForeignKey(() => SharingJourneyRow, { name: 'fk_sharing_journey_lots_journey' })
  journeyId!: string;
  @PrimaryColumn('uuid', { name: 'lot_id', primaryKeyConstraintName: 'pk_sharing_journey_lots' })
  @ForeignKey(() => LotRow, { name: 'fk_sharing_journey_lots_lot' })
  lotId!: string;
  @Column('text', { name: 'item_code' })
  itemCode!: string;
  @Column('bigint', { name: 'sent_base' })
  sentBase!: string;
  @Column('bigint', { name: 'received_base', default: 0 })
  receivedBase!: string;
  @Column('bigint', { name: 'damaged_base', default: 0 })
  damagedBase!: string;
  @Column('bigint', { name: 'lost_base', default: 0 })
  lostBase!: string;
  /** The lender's lot that a replacement of the borrower's own became. */
  @Column('uuid', { name: 'new_lot_id', nullable: true })
  @ForeignKey(() => LotRow, { name: 'fk_sharing_journey_lots_new_lot' })
  newLotId!: string | null;
}

/** One side of a posting in the debt book; the two sides of one `id` sum to zero. Append-only. */
@Entity('mutual_aid_entries')
@Index('ix_mutual_aid_entries_statement', ['regionCode', 'itemCode', 'position'])
@Index('ix_mutual_aid_entries_loan', ['loanId'])
@Check('ck_mutual_aid_entries_kind', `kind IN ('lent', 'given-back', 'settled')`)
@Check('ck_mutual_aid_entries_change', 'change_base <> 0')
@Check(
  'ck_mutual_aid_entries_account',
  `account IN ('owed:' || region_code || ':' || counterparty_region_code,
               'owed:' || counterparty_region_code || ':' || region_code)`,
)
@Check(
  'ck_mutual_aid_entries_cause',
  `(kind = 'settled') = (settlement_id IS NOT NULL) AND (kind = 'settled') = (movement_id IS NULL)`,
)
export class MutualAidEntryRow {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_mutual_aid_entries' })
  id!: string;
  /** In whose book. */
  @PrimaryColumn('text', { name: 'region_code', primaryKeyConstraintName: 'pk_mutual_aid_entries' })
  regionCode!: string;
  /** `owed:<lender>:<borrower>`. */
  @Column('text')
  account!: string;
  @Column('text', { name: 'counterparty_region_code' })
  counterpartyRegionCode!: string;
  @Column('text', { name: 'item_code' })
  @ForeignKey(() => ItemRow, { name: 'fk_mutual_aid_entries_item' })
  itemCode!: string;
  @Column('text')
  kind!: string;
  @Column('uuid', { name: 'loan_id' })
  @ForeignKey(() => LoanRow, { name: 'fk_mutual_aid_entries_loan' })
  loanId!: string;
  /** Above zero: owed to the region. Below: owed by it. */
  @Column('bigint', { name: 'change_base' })
  changeBase!: string;
  @Column('uuid', { name: 'movement_id', nullable: true })
  @ForeignKey(() => MovementRow, { name: 'fk_mutual_aid_entries_movement' })
  movementId!: string | null;
  @Column('uuid', { name: 'settlement_id', nullable: true })
  @ForeignKey(() => LoanSettlementRow, { name: 'fk_mutual_aid_entries_settlement' })
  settlementId!: string | null;
  @Column('bigint', { generated: 'increment' })
  position!: string;
  @Column('text', { name: 'recorded_by' })
  recordedBy!: string;
  @Column('timestamptz', { name: 'posted_at', default: () => 'now()' })
  postedAt!: Date;
}

/** What an account of the debt book says in a region's book: a cache of the entries. */
@Entity('mutual_aid_balances')
@Check(
  'ck_mutual_aid_balances_side',
  `CASE WHEN starts_with(account, 'owed:' || region_code || ':') THEN balance_base >= 0 ELSE balance_base <= 0 END`,
)
export class MutualAidBalanceRow {
  @PrimaryColumn('text', { name: 'region_code', primaryKeyConstraintName: 'pk_mutual_aid_balances' })
  regionCode!: string;
  @PrimaryColumn('text', { primaryKeyConstraintName: 'pk_mutual_aid_balances' })
  account!: string;
  @PrimaryColumn('text', { name: 'item_code', primaryKeyConstraintName: 'pk_mutual_aid_balances' })
  @ForeignKey(() => ItemRow, { name: 'fk_mutual_aid_balances_item' })
  itemCode!: string;
  @Column('text', { name: 'counterparty_region_code' })
  counterpartyRegionCode!: string;
  @Column('bigint', { name: 'balance_base' })
  balanceBase!: string;
}
