import { DepotRow, ItemRow, ReserveStandardRow } from '../catalogue/catalogue.entity';
import { ReservationRow, ReservationShareRow, ReservationSourceRow } from '../reservations/reservation.entity';
import {
  DeliveryLineRow,
  DeliveryRow,
  IssueOrderLineRow,
  IssueOrderRow,
  IssueOrderTripRow,
  IssueOverrideRow,
} from '../shipments/shipment.entity';
import { HandoutLineRow, HandoutRow, ReturnLineRow, ReturnRow } from '../sites/site-record.entity';
import { SiteRow } from '../sites/site.entity';
import { BalanceRow, LotRow, MovementRow, PostingRow, StockTotalRow } from '../stock/stock.entity';

/** Every table of the service besides the platform's. */
export const SUPPLIES_ENTITIES = [
  ItemRow,
  DepotRow,
  ReserveStandardRow,
  LotRow,
  BalanceRow,
  MovementRow,
  PostingRow,
  StockTotalRow,
  ReservationRow,
  ReservationSourceRow,
  ReservationShareRow,
  SiteRow,
  IssueOrderRow,
  IssueOrderLineRow,
  IssueOrderTripRow,
  IssueOverrideRow,
  DeliveryRow,
  DeliveryLineRow,
  HandoutRow,
  HandoutLineRow,
  ReturnRow,
  ReturnLineRow,
];
