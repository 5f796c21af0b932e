import { Injectable } from '@nestjs/common';
import { DomainError, depotAccount, type Caller } from '@ledger/contracts';
import { newId, type Cause, type Tx } from '@ledger/platform';
import { DepotsRepository, type Depot } from '../catalogue/depots.repository';
import { InspectionsRepository } from '../warehouse/inspections.repository';
import { chinaDay, type Day } from './domain/calendar';
import { RECEIPT_SOURCES, lotDateFaults, whyNotIssuable } from './domain/lot';
import type { Posting } from './domain/posting';
import { receiptParts, type ReceiptPart } from './domain/receipt-parts';
import { recorderOf } from './domain/recorder';
import type { ReceiptLine, RecordReceiptRequest, RecordReceiptResponse } from './dto/receipt.dto';
import { LotsRepository, type Batch, type Lot } from './lots.repository';
import { StockRepository } from './stock.repository';

export interface Receipt {
  readonly caller: Caller;
  readonly request: RecordReceiptRequest;
}

interface ReceivedGoods {
  readonly caller: Caller;
  readonly depot: Depot;
  readonly movementId: string;
  readonly postings: readonly Posting[];
}

/** Takes goods into a depot, from a supplier or a donor. */
@Injectable()
export class RecordReceiptUseCase {
  constructor(
    private readonly depots: DepotsRepository,
    private readonly lots: LotsRepository,
    private readonly stock: StockRepository,
    private readonly inspections: InspectionsRepository,
  ) {}

  /**
   * Goods that may be issued become free stock; those past their date, of a batch that is held or recalled, or that
   * have to be inspected, go to quarantine. Numbered pieces are lots of one.
   * @throws DomainError in this order: SUPPLIES_DEPOT_NOT_FOUND (also out of the caller's reach), SUPPLIES_DEPOT_CLOSED,
   *   REQUEST_INVALID, SUPPLIES_ITEM_UNKNOWN, SUPPLIES_DATES_INVALID, SUPPLIES_DEPOT_FULL, SUPPLIES_LOT_CONFLICT,
   *   SUPPLIES_SERIAL_NUMBER_KNOWN
   * Source: plan 004 §22 (purchase with storage, donations).
   */
  async execute(tx: Tx, { caller, request }: Receipt, cause: Cause): Promise<RecordReceiptResponse> {
    const depot = await this.depots.findFor(tx, caller, request.depotId, 'receive');
    const today = chinaDay(tx.now);
    const parts = receiptParts(request.lines);
    await this.assertLines(tx, request, today);
    await this.depots.assertRoomFor(tx, depot, request.lines);
    const lots = await this.lots.findOrCreate(tx, batchesOf(request, depot, parts));
    const received = parts.map((part, index) => ({
      ...part,
      lot: lots[index],
      state: request.toInspect ? ('quarantine' as const) : stateOf(lots[index], today),
    }));
    const postings: Posting[] = received.map(({ line, quantityBase, lot, state }) => ({
      lotId: lot.id,
      itemCode: line.itemCode,
      expiryDate: lot.expiryDate,
      from: RECEIPT_SOURCES[request.origin],
      to: depotAccount(depot.id, state),
      quantityBase,
      lineId: null,
    }));
    const header = { businessKey: `receipt:${newId()}`, kind: 'receipt', depotId: depot.id } as const;
    const movement = { ...header, recordedBy: recorderOf(caller), note: request.note };
    const { movementId, postedAt } = await this.stock.post(tx, movement, postings, cause);
    const inspectionIds = request.toInspect
      ? await this.openInspections(tx, { caller, depot, movementId, postings }, cause)
      : [];
    return {
      movementId,
      postedAt: postedAt.toISOString(),
      depotId: depot.id,
      lots: received.map(({ line: { itemCode, batchNumber }, quantityBase, serialNumber, lot, state }, index) => ({
        lotId: lot.id,
        itemCode,
        batchNumber,
        serialNumber: serialNumber ?? null,
        quantityBase,
        state,
        inspectionId: inspectionIds[index] ?? null,
      })),
    };
  }

  private openInspections(tx: Tx, receipt: ReceivedGoods, cause: Cause): Promise<string[]> {
    const { caller, depot, movementId, postings } = receipt;
    const reason = 'received';
    return this.inspections.open(tx, { caller, depot, receiptMovementId: movementId, reason, lots: postings }, cause);
  }

  private async assertLines(tx: Tx, { lines }: RecordReceiptRequest, today: Day): Promise<void> {
    const codes = [...new Set(lines.map(({ itemCode }) => itemCode))];
    const rows = await tx.query<{ code: string; perishable: boolean }>(
      'SELECT code, perishable FROM items WHERE code = ANY($1)',
      [codes],
    );
    const items = new Map(rows.map((row) => [row.code, row]));
    const unknown = lines.flatMap(({ itemCode }, index) =>
      items.has(itemCode) ? [] : [{ pointer: `/lines/${index}/itemCode`, reason: 'is not in the catalogue' }],
    );
    if (unknown.length > 0) throw new DomainError('SUPPLIES_ITEM_UNKNOWN', { errors: unknown });
    const faults = lines.flatMap((line, index) =>
      lotDateFaults(
        datesOf(line),
        { perishable: items.get(line.itemCode)?.perishable ?? false },
        today,
        `/lines/${index}`,
      ),
    );
    if (faults.length > 0) throw new DomainError('SUPPLIES_DATES_INVALID', { errors: faults });
  }
}

const datesOf = ({ productionDate, expiryDate }: ReceiptLine) => ({
  productionDate: productionDate ?? null,
  expiryDate: expiryDate ?? null,
});

const stateOf = (lot: Lot, today: Day): 'available' | 'quarantine' =>
  whyNotIssuable(lot, today) ? 'quarantine' : 'available';

/** The depot's region owns what it receives. */
function batchesOf(
  { origin }: RecordReceiptRequest,
  depot: Depot,
  parts: readonly ReceiptPart<ReceiptLine>[],
): Batch[] {
  return parts.map(({ line, serialNumber }) => ({
    itemCode: line.itemCode,
    batchNumber: line.batchNumber,
    ...datesOf(line),
    origin,
    ownerRegionCode: depot.regionCode,
    synthetic: false,
    serialNumber,
  }));
}
