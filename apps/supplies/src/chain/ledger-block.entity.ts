import { Check, Column, Entity, PrimaryColumn, Unique } from 'typeorm';

/** A block of sealed movements. Append-only; `seal_block` writes it. */
@Entity('ledger_blocks')
@Unique('uq_ledger_blocks_last_sequence', ['lastSequence'])
@Check('ck_ledger_blocks_number', 'number > 0')
@Check('ck_ledger_blocks_range', 'first_sequence <= last_sequence')
@Check('ck_ledger_blocks_leaves', 'octet_length(leaves) = 32 * cardinality(sequences)')
@Check('ck_ledger_blocks_hashes', `hash ~ '^[0-9a-f]{64}$' AND previous_hash ~ '^[0-9a-f]{64}$'`)
export class LedgerBlockRow {
  @PrimaryColumn('bigint', { primaryKeyConstraintName: 'pk_ledger_blocks' })
  number!: string;
  @Column('bigint', { name: 'first_sequence' })
  firstSequence!: string;
  @Column('bigint', { name: 'last_sequence' })
  lastSequence!: string;
  @Column('bigint', { array: true })
  sequences!: string[];
  /** SHA-256 of each movement, 32 bytes each, in the order of `sequences`. */
  @Column('bytea')
  leaves!: Buffer;
  @Column('text', { name: 'previous_hash' })
  previousHash!: string;
  @Column('text')
  hash!: string;
  @Column('timestamptz', { name: 'sealed_at' })
  sealedAt!: Date;
}
