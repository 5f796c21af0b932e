import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { regionCodeCheck } from '@ledger/platform';
import { HandoutLineRow, HandoutRow, ReturnRow } from './site-record.entity';
import { SiteRow } from './site.entity';

/** The class of a column that says who somebody is; such columns are masked in answers and end with the register. */
const PERSONAL = 'personal';

/** The households of one incident. */
@Entity('household_registers')
export class HouseholdRegisterRow {
  @PrimaryColumn('uuid', { name: 'incident_id', primaryKeyConstraintName: 'pk_household_registers' })
  incidentId!: string;
  /** Drawn for this register; not secret, but good for nothing outside it. */
  @Column('text')
  salt!: string;
  @Column('timestamptz', { name: 'opened_at', default: () => 'now()' })
  openedAt!: Date;
  /** When the personal fields of its households were erased. */
  @Column('timestamptz', { name: 'erased_at', nullable: true })
  erasedAt!: Date | null;
}

/** A household that receives goods at a site. */
@Entity('households')
@Index('ix_households_site', ['siteId'])
@Index('uq_households_document', ['incidentId', 'documentHash'], { unique: true, where: 'document_hash IS NOT NULL' })
@Index('uq_households_reference', ['siteId', 'listReference'], { unique: true, where: 'list_reference IS NOT NULL' })
@Check('ck_households_region_code', regionCodeCheck('region_code'))
@Check(
  'ck_households_people',
  `people_count > 0 AND elderly_count BETWEEN 0 AND people_count AND child_count BETWEEN 0 AND people_count
   AND pregnant_count BETWEEN 0 AND people_count AND disabled_count BETWEEN 0 AND people_count
   AND sick_count BETWEEN 0 AND people_count`,
)
@Check('ck_households_name', '(head_name IS NULL) = (erased_at IS NOT NULL)')
@Check('ck_households_erased', 'erased_at IS NULL OR phone IS NULL AND document_hash IS NULL AND document_tail IS NULL')
export class HouseholdRow {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_households' })
  id!: string;
  @Column('uuid', { name: 'incident_id' })
  @ForeignKey(() => HouseholdRegisterRow, { name: 'fk_households_register' })
  incidentId!: string;
  /** Where it was registered; it may be served at any site of the incident. */
  @Column('uuid', { name: 'site_id' })
  @ForeignKey(() => SiteRow, { name: 'fk_households_site' })
  siteId!: string;
  @Column('text', { name: 'region_code' })
  regionCode!: string;
  /** The row of the list it came from, so that the same list is not taken in twice. */
  @Column('text', { name: 'list_reference', nullable: true })
  listReference!: string | null;
  @Column('text', { name: 'head_name', nullable: true, comment: PERSONAL })
  headName!: string | null;
  @Column('text', { nullable: true, comment: PERSONAL })
  phone!: string | null;
  /** Salted hash of the number of a document; the number itself is not kept. */
  @Column('text', { name: 'document_hash', nullable: true, comment: PERSONAL })
  documentHash!: string | null;
  @Column('text', { name: 'document_tail', nullable: true, comment: PERSONAL })
  documentTail!: string | null;
  @Column('integer', { name: 'people_count' })
  peopleCount!: number;
  @Column('integer', { name: 'elderly_count', default: 0 })
  elderlyCount!: number;
  @Column('integer', { name: 'child_count', default: 0 })
  childCount!: number;
  @Column('integer', { name: 'pregnant_count', default: 0 })
  pregnantCount!: number;
  @Column('integer', { name: 'disabled_count', default: 0 })
  disabledCount!: number;
  @Column('integer', { name: 'sick_count', default: 0 })
  sickCount!: number;
  @Column('text', { name: 'registered_by' })
  registeredBy!: string;
  @Column('uuid', { name: 'registered_by_id' })
  registeredById!: string;
  @Column('timestamptz', { name: 'registered_at', default: () => 'now()' })
  registeredAt!: Date;
  @Column('timestamptz', { name: 'erased_at', nullable: true })
  erasedAt!: Date | null;
}

/** A household that was served in a hand-out, with its size at that time. Append-only. */
@Entity('handout_recipients')
@Index('ix_handout_recipients_household', ['householdId'])
@Check('ck_handout_recipients_people', 'people_count > 0')
export class HandoutRecipientRow {
  @PrimaryColumn('uuid', { name: 'handout_id', primaryKeyConstraintName: 'pk_handout_recipients' })
  @ForeignKey(() => HandoutRow, { name: 'fk_handout_recipients_handout' })
  handoutId!: string;
  @PrimaryColumn('uuid', { name: 'household_id', primaryKeyConstraintName: 'pk_handout_recipients' })
  @ForeignKey(() => HouseholdRow, { name: 'fk_handout_recipients_household' })
  householdId!: string;
  @Column('integer', { name: 'people_count' })
  peopleCount!: number;
  @Column('boolean')
  priority!: boolean;
  /** Why a household got the same item again within the incident. */
  @Column('text', { name: 'repeat_reason', nullable: true })
  repeatReason!: string | null;
}

/** What a household got. Append-only. */
@Entity('handout_recipient_lines')
@ForeignKey(() => HandoutRecipientRow, ['handoutId', 'householdId'], ['handoutId', 'householdId'], {
  name: 'fk_handout_recipient_lines_recipient',
})
@ForeignKey(() => HandoutLineRow, ['handoutId', 'lineId'], ['handoutId', 'lineId'], {
  name: 'fk_handout_recipient_lines_line',
})
@Check('ck_handout_recipient_lines_quantity', 'quantity_base > 0')
export class HandoutRecipientLineRow {
  @PrimaryColumn('uuid', { name: 'handout_id', primaryKeyConstraintName: 'pk_handout_recipient_lines' })
  handoutId!: string;
  @PrimaryColumn('uuid', { name: 'household_id', primaryKeyConstraintName: 'pk_handout_recipient_lines' })
  householdId!: string;
  @PrimaryColumn('uuid', { name: 'line_id', primaryKeyConstraintName: 'pk_handout_recipient_lines' })
  lineId!: string;
  @Column('bigint', { name: 'quantity_base' })
  quantityBase!: string;
}

/** Who signed for a household. */
@Entity('handout_signatures')
@ForeignKey(() => HandoutRecipientRow, ['handoutId', 'householdId'], ['handoutId', 'householdId'], {
  name: 'fk_handout_signatures_recipient',
})
@Check('ck_handout_signatures_signed_for', `signed_for IN ('self', 'family', 'neighbour', 'official')`)
@Check('ck_handout_signatures_image', 'octet_length(image) <= 20480')
@Check('ck_handout_signatures_name', '(signer_name IS NULL) = (erased_at IS NOT NULL)')
@Check('ck_handout_signatures_erased', 'erased_at IS NULL OR image IS NULL AND reference IS NULL')
export class HandoutSignatureRow {
  @PrimaryColumn('uuid', { name: 'handout_id', primaryKeyConstraintName: 'pk_handout_signatures' })
  handoutId!: string;
  @PrimaryColumn('uuid', { name: 'household_id', primaryKeyConstraintName: 'pk_handout_signatures' })
  householdId!: string;
  @Column('text', { name: 'signer_name', nullable: true, comment: PERSONAL })
  signerName!: string | null;
  @Column('text', { name: 'signed_for' })
  signedFor!: string;
  /** A small PNG. */
  @Column('bytea', { nullable: true, comment: PERSONAL })
  image!: Buffer | null;
  /** Where a signed paper is filed. */
  @Column('text', { nullable: true, comment: PERSONAL })
  reference!: string | null;
  @Column('timestamptz', { name: 'signed_at', default: () => 'now()' })
  signedAt!: Date;
  @Column('timestamptz', { name: 'erased_at', nullable: true })
  erasedAt!: Date | null;
}

/** Goods that a return brought back because a hand-out had left them over. Append-only. */
@Entity('handout_remainders')
@Index('ix_handout_remainders_handout', ['handoutId'])
export class HandoutRemainderRow {
  @PrimaryColumn('uuid', { name: 'return_id', primaryKeyConstraintName: 'pk_handout_remainders' })
  @ForeignKey(() => ReturnRow, { name: 'fk_handout_remainders_return' })
  returnId!: string;
  @Column('uuid', { name: 'handout_id' })
  @ForeignKey(() => HandoutRow, { name: 'fk_handout_remainders_handout' })
  handoutId!: string;
}
