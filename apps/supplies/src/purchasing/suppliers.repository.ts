import { Injectable } from '@nestjs/common';
import { DomainError, type Caller } from '@ledger/contracts';
import { newId, type Tx } from '@ledger/platform';
import { mayActAt, type Place } from '../scope';
import type { Day } from '../stock/domain/calendar';
import type { Recorder } from '../stock/domain/recorder';
import type { SupplierDelivery } from './domain/lead-time';

export interface Supplier extends Place {
  readonly id: string;
  readonly name: string;
  readonly state: 'active' | 'suspended';
  readonly licenceValidUntil: Day | null;
}

export interface NewSupplier {
  readonly name: string;
  readonly creditCode: string;
  readonly licenceNumber: string | null;
  readonly licenceValidUntil: Day | null;
  readonly place: Place;
  readonly contactName: string;
  readonly contactPhone: string;
  readonly registeredBy: Recorder;
}

/** Every order line that was sent to suppliers, with the day its last piece came. Receipts that were undone do not count. */
export const DELIVERIES = `
  SELECT orders.supplier_id AS "supplierId", (orders.sent_at AT TIME ZONE 'Asia/Shanghai')::date::text AS "orderedOn",
         orders.promised_by::text AS "promisedOn",
         CASE WHEN line.received_base >= line.ordered_base OR orders.state = 'closed' THEN (
           SELECT max((receipt.received_at AT TIME ZONE 'Asia/Shanghai')::date)::text
           FROM purchase_receipt_lines AS part JOIN purchase_receipts AS receipt ON receipt.id = part.receipt_id
           WHERE part.line_id = line.id AND NOT EXISTS (
             SELECT 1 FROM movements AS reversal WHERE reversal.reverses_movement_id = receipt.movement_id))
         END AS "receivedOn"
  FROM purchase_order_lines AS line JOIN purchase_orders AS orders ON orders.id = line.order_id
  WHERE orders.supplier_id = ANY($1) AND orders.sent_at IS NOT NULL AND orders.state <> 'cancelled'`;

/** Writes the register of suppliers. */
@Injectable()
export class SuppliersRepository {
  /** @returns undefined when the region has registered this credit code before */
  async insert(tx: Tx, supplier: NewSupplier): Promise<string | undefined> {
    const id = newId();
    const inserted = await tx.execute(
      `INSERT INTO suppliers (id, name, credit_code, licence_number, licence_valid_until, region_code, organisation_id,
                              contact_name, contact_phone, state, registered_by, registered_by_id)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'active', $10, $11)
       ON CONFLICT (region_code, credit_code) DO NOTHING`,
      [
        ...[id, supplier.name, supplier.creditCode, supplier.licenceNumber, supplier.licenceValidUntil],
        ...[supplier.place.regionCode, supplier.place.organisationId, supplier.contactName, supplier.contactPhone],
        ...[supplier.registeredBy.name, supplier.registeredBy.userId],
      ],
    );
    return inserted === 0 ? undefined : id;
  }

  /**
   * A supplier that the caller may manage, locked.
   * @throws DomainError SUPPLIES_SUPPLIER_NOT_FOUND
   */
  async lockFor(tx: Tx, caller: Caller, id: string): Promise<Supplier> {
    const [supplier] = await tx.query<Supplier>(`${SELECT} WHERE id = $1 FOR UPDATE`, [id]);
    if (!supplier || !mayActAt(caller, supplier)) throw new DomainError('SUPPLIES_SUPPLIER_NOT_FOUND');
    return supplier;
  }

  async find(tx: Tx, id: string): Promise<Supplier | undefined> {
    return (await tx.query<Supplier>(`${SELECT} WHERE id = $1`, [id]))[0];
  }

  async setState(tx: Tx, id: string, state: 'active' | 'suspended', reason: string): Promise<void> {
    await tx.execute('UPDATE suppliers SET state = $2, state_reason = $3 WHERE id = $1', [id, state, reason]);
  }

  /** What suppliers were sent, and when it came. */
  async deliveries(tx: Tx, supplierIds: readonly string[]): Promise<Map<string, SupplierDelivery[]>> {
    const rows = await tx.query<SupplierDelivery & { supplierId: string }>(DELIVERIES, [supplierIds]);
    return Map.groupBy(rows, ({ supplierId }) => supplierId);
  }
}

const SELECT = `
  SELECT id, name, state, licence_valid_until::text AS "licenceValidUntil", region_code AS "regionCode",
         organisation_id AS "organisationId"
  FROM suppliers`;

/** Whether a supplier may get an order on a day. */
export const isAdmitted = (supplier: Pick<Supplier, 'state' | 'licenceValidUntil'>, today: Day): boolean =>
  supplier.state === 'active' && (supplier.licenceValidUntil === null || supplier.licenceValidUntil >= today);
