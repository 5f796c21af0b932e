import { Injectable } from '@nestjs/common';
import { DomainError, regionCovers, type FieldFault } from '@ledger/contracts';
import type { Tx } from '@ledger/platform';
import { chinaDay } from '../stock/domain/calendar';
import { assertApplicable } from './domain/framework-terms';
import { orderAmountFen } from './domain/order-line';
import type { OrderKind, OrderLineRequest } from './dto/order.dto';
import { FrameworksRepository } from './frameworks.repository';
import type { NewLine } from './orders.repository';
import { SuppliersRepository, isAdmitted } from './suppliers.repository';

/** What an order is made of before it has a price. */
export interface UnpricedOrder {
  readonly kind: OrderKind;
  readonly regionCode: string;
  readonly frameworkId: string | null;
  /** Of a purchase outside every agreement. */
  readonly supplierId: string | null;
  readonly reason: string | null;
  readonly lines: readonly OrderLineRequest[];
}

export interface PricedOrder {
  readonly supplierId: string;
  readonly leadTimeDays: number;
  readonly amountFen: number;
  readonly lines: readonly NewLine[];
}

/** Whoever sells in an emergency outside every agreement is asked for the next day. */
const EMERGENCY_LEAD_DAYS = 1;

/** Puts prices to an order: those of the agreement, or in an emergency those that were asked on the telephone. */
@Injectable()
export class PriceOrder {
  constructor(
    private readonly suppliers: SuppliersRepository,
    private readonly frameworks: FrameworksRepository,
  ) {}

  /**
   * @throws DomainError in this order: REQUEST_INVALID for fields that do not belong together, SUPPLIES_ITEM_UNKNOWN,
   *   SUPPLIES_FRAMEWORK_NOT_FOUND or SUPPLIES_SUPPLIER_NOT_FOUND, SUPPLIES_SUPPLIER_SUSPENDED (not in an emergency),
   *   SUPPLIES_FRAMEWORK_NOT_APPLICABLE
   */
  async execute(tx: Tx, order: UnpricedOrder): Promise<PricedOrder> {
    const errors = faultsOf(order);
    if (errors.length > 0) throw new DomainError('REQUEST_INVALID', { errors });
    await this.assertCatalogued(tx, order);
    const priced = order.frameworkId === null ? await this.freely(tx, order) : await this.byFramework(tx, order);
    return { ...priced, amountFen: orderAmountFen(priced.lines) };
  }

  private async byFramework(tx: Tx, order: UnpricedOrder): Promise<Omit<PricedOrder, 'amountFen'>> {
    const terms = await this.frameworks.find(tx, String(order.frameworkId));
    if (!terms) throw new DomainError('SUPPLIES_FRAMEWORK_NOT_FOUND');
    const today = chinaDay(tx.now);
    if (order.kind !== 'emergency' && !isAdmitted({ ...terms, state: terms.supplierState }, today)) {
      throw new DomainError('SUPPLIES_SUPPLIER_SUSPENDED');
    }
    assertApplicable(terms, order, today);
    const items = new Map(terms.items.map((item) => [item.itemCode, item]));
    const lines = order.lines.map(({ itemCode, quantityBase }) => {
      const { packBase = 1, unitPriceFen = 0 } = items.get(itemCode) ?? {};
      return { itemCode, quantityBase, packBase, unitPriceFen, tolerancePermille: terms.tolerancePermille };
    });
    const leadTimeDays = Math.max(...lines.map(({ itemCode }) => items.get(itemCode)?.leadTimeDays ?? 0));
    return { supplierId: terms.supplierId, leadTimeDays, lines };
  }

  private async freely(tx: Tx, order: UnpricedOrder): Promise<Omit<PricedOrder, 'amountFen'>> {
    const supplier = await this.suppliers.find(tx, String(order.supplierId));
    const known = supplier && [supplier.regionCode, order.regionCode];
    if (!known || !(regionCovers(known[0], known[1]) || regionCovers(known[1], known[0]))) {
      throw new DomainError('SUPPLIES_SUPPLIER_NOT_FOUND');
    }
    const lines = order.lines.map(({ itemCode, quantityBase, unitPriceFen, packBase }) => {
      const price = { unitPriceFen: unitPriceFen ?? 0, packBase: packBase ?? 1 };
      return { itemCode, quantityBase, ...price, tolerancePermille: 0 };
    });
    return { supplierId: supplier.id, leadTimeDays: EMERGENCY_LEAD_DAYS, lines };
  }

  private async assertCatalogued(tx: Tx, { lines }: UnpricedOrder): Promise<void> {
    const codes = lines.map(({ itemCode }) => itemCode);
    const known = await this.frameworks.knownItems(tx, codes);
    const errors = codes.flatMap((code, index) =>
      known.has(code) ? [] : [{ pointer: `/lines/${index}/itemCode`, reason: 'is not in the catalogue' }],
    );
    if (errors.length > 0) throw new DomainError('SUPPLIES_ITEM_UNKNOWN', { errors });
  }
}

function faultsOf({ kind, frameworkId, supplierId, reason, lines }: UnpricedOrder): FieldFault[] {
  if (frameworkId !== null) {
    const priced = lines.flatMap(({ unitPriceFen, packBase }, index) =>
      unitPriceFen == null && packBase == null
        ? []
        : [{ pointer: `/lines/${index}`, reason: 'has the price and the pack of the agreement' }],
    );
    const named = supplierId === null ? [] : [{ pointer: '/supplierId', reason: 'is that of the agreement' }];
    return [...named, ...priced];
  }
  if (kind !== 'emergency') return [{ pointer: '/frameworkId', reason: 'is needed but for an emergency purchase' }];
  const faults: FieldFault[] = [];
  if (supplierId === null) faults.push({ pointer: '/supplierId', reason: 'is needed outside an agreement' });
  if (reason === null) faults.push({ pointer: '/reason', reason: 'is needed outside an agreement' });
  lines.forEach(({ unitPriceFen }, index) => {
    if (unitPriceFen == null) {
      faults.push({ pointer: `/lines/${index}/unitPriceFen`, reason: 'is needed outside an agreement' });
    }
  });
  return faults;
}
