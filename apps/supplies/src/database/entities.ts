import { LedgerBlockRow } from '../chain/ledger-block.entity';
import { DepotRow, ItemRow, ItemStandardCodeRow, ReserveStandardRow } from '../catalogue/catalogue.entity';
import { ItemCapabilityKindRow, ItemCapabilityRow, ItemPackRow } from '../catalogue/item-facts.entity';
import { DepotBinLotRow, DepotBinRow, DepotZoneRow } from '../depots/bin.entity';
import {
  DepotKeeperRow,
  DepotPeopleReportRow,
  DepotStateChangeRow,
  PrePositioningNeedRow,
} from '../depots/depot-record.entity';
import { KitBreakRow, KitComponentRow, KitLotComponentRow, KitLotRow, KitRecipeRow } from '../kits/kit.entity';
import { CountClassSettingRow, CountItemSettingRow } from '../counts/count-settings.entity';
import { CountDecisionRow, CountLineRow, CountRecordRow, CountRow } from '../counts/count.entity';
import { ApprovalRow, ApprovalRuleRow, ApprovalRuleStepRow } from '../approvals/approval.entity';
import {
  DonationAllocationRow,
  DonationPurposeLiftRow,
  DonationPurposeRow,
  DonationReceiptLineRow,
  DonationReceiptRow,
} from '../donations/donation-record.entity';
import { DonationDonorRow, DonationLineRow, DonationRow } from '../donations/donation.entity';
import {
  PurchaseOrderLineRow,
  PurchaseOrderRow,
  PurchaseReceiptLineRow,
  PurchaseReceiptRow,
} from '../purchasing/order.entity';
import {
  FrameworkAgreementRow,
  FrameworkItemRow,
  FrameworkRegionRow,
  SupplierRow,
} from '../purchasing/supplier.entity';
import { EnterpriseCapacityChangeRow, ReserveContractFeeRow } from '../reserves/contract-fee.entity';
import {
  ReserveCallReceiptRow,
  ReserveCallRow,
  ReserveCallRuleRow,
  ReserveContractChangeRow,
} from '../reserves/reserve-call.entity';
import {
  ReserveConfirmationRow,
  ReserveContractRegionRow,
  ReserveContractRow,
} from '../reserves/reserve-contract.entity';
import { IMPORT_ENTITIES } from '../imports/import.entity';
import {
  DemandRateRow,
  PreAssessmentLineRow,
  PreAssessmentProposalRow,
  PreAssessmentRegionRow,
  PreAssessmentRow,
} from '../purchasing/assessments/assessment.entity';
import { ReservationRow, ReservationShareRow, ReservationSourceRow } from '../reservations/reservation.entity';
import { EquipmentTestOrderRow, EquipmentTestRow, EquipmentTestRuleRow } from '../rotation/equipment/equipment.entity';
import {
  ItemPriceRow,
  LotExtensionRow,
  RotationActionRow,
  RotationOrderRow,
  RotationPlanLineRow,
  RotationProposalRow,
  RotationThresholdRow,
} from '../rotation/rotation.entity';
import { RotationAcceptanceRow, RotationDemandRow, RotationOfferRow } from '../rotation/sharing/sharing.entity';
import {
  DeliveryLineRow,
  DeliveryRow,
  IssueOrderLineRow,
  IssueOrderRow,
  IssueOrderTripRow,
  IssueOverrideRow,
} from '../shipments/shipment.entity';
import {
  HandoutRecipientLineRow,
  HandoutRecipientRow,
  HandoutRemainderRow,
  HandoutSignatureRow,
  HouseholdRegisterRow,
  HouseholdRow,
} from '../sites/household.entity';
import { HandoutLineRow, HandoutRow, ReturnLineRow, ReturnRow } from '../sites/site-record.entity';
import { SiteRow } from '../sites/site.entity';
import {
  RegionFactRow,
  StandardFloorChangeRow,
  StandardRuleRow,
  StandardShareRow,
  TemporaryStandardEndRow,
  TemporaryStandardItemRow,
  TemporaryStandardRow,
} from '../standards/standard.entity';
import { BalanceRow, LotRow, MovementRow, PostingRow, StockTotalRow } from '../stock/stock.entity';
import { TransferLineRow, TransferLotRow, TransferRow } from '../transfers/transfer.entity';
import {
  TransferReceiptLineRow,
  TransferReceiptRow,
  TransferSettlementLineRow,
  TransferSettlementRow,
} from '../transfers/transfer-record.entity';
import { InspectionPolicyRow, InspectionRow } from '../warehouse/inspection.entity';
import { RecallMovementRow, RecallNoticeRow } from '../warehouse/recall.entity';
import { ScrapProposalRow, SendBackRow } from '../warehouse/scrap.entity';
import { WarehouseThresholdRow } from '../warehouse/warehouse-threshold.entity';
import {
  JointReserveCostRow,
  JointReserveCostShareRow,
  JointReserveDrawRow,
  JointReserveLotRow,
  JointReserveOwnerRow,
  JointReserveRow,
} from '../sharing/joint-reserve.entity';
import { LoanRow, LoanSettlementRow } from '../sharing/loan.entity';
import {
  MutualAidBalanceRow,
  MutualAidEntryRow,
  SharingJourneyLotRow,
  SharingJourneyRow,
} from '../sharing/mutual-aid.entity';
import {
  SharingAgreementChangeRow,
  SharingAgreementLineRow,
  SharingAgreementRow,
} from '../sharing/sharing-agreement.entity';

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
  DepotStateChangeRow,
  DepotKeeperRow,
  DepotZoneRow,
  DepotBinRow,
  DepotBinLotRow,
  DepotPeopleReportRow,
  PrePositioningNeedRow,
  ItemStandardCodeRow,
  ItemPackRow,
  ItemCapabilityKindRow,
  ItemCapabilityRow,
  KitRecipeRow,
  KitComponentRow,
  KitLotRow,
  KitLotComponentRow,
  KitBreakRow,
  StandardRuleRow,
  RegionFactRow,
  StandardShareRow,
  StandardFloorChangeRow,
  TemporaryStandardRow,
  TemporaryStandardItemRow,
  TemporaryStandardEndRow,
  CountClassSettingRow,
  CountItemSettingRow,
  CountRow,
  CountLineRow,
  CountRecordRow,
  CountDecisionRow,
  ApprovalRuleRow,
  ApprovalRuleStepRow,
  ApprovalRow,
  SupplierRow,
  FrameworkAgreementRow,
  FrameworkItemRow,
  FrameworkRegionRow,
  PurchaseOrderRow,
  PurchaseOrderLineRow,
  PurchaseReceiptRow,
  PurchaseReceiptLineRow,
  RotationThresholdRow,
  RotationOrderRow,
  RotationPlanLineRow,
  RotationProposalRow,
  LotExtensionRow,
  RotationActionRow,
  ItemPriceRow,
  HouseholdRegisterRow,
  HouseholdRow,
  HandoutRecipientRow,
  HandoutRecipientLineRow,
  HandoutSignatureRow,
  HandoutRemainderRow,
  EquipmentTestRuleRow,
  EquipmentTestOrderRow,
  EquipmentTestRow,
  ReserveContractRow,
  ReserveContractRegionRow,
  ReserveConfirmationRow,
  ReserveCallRow,
  ReserveCallReceiptRow,
  ReserveCallRuleRow,
  ReserveContractChangeRow,
  ReserveContractFeeRow,
  EnterpriseCapacityChangeRow,
  ...IMPORT_ENTITIES,
  DonationRow,
  DonationDonorRow,
  DonationLineRow,
  DonationReceiptRow,
  DonationReceiptLineRow,
  DonationPurposeRow,
  DonationPurposeLiftRow,
  DonationAllocationRow,
  RotationDemandRow,
  RotationOfferRow,
  RotationAcceptanceRow,
  LedgerBlockRow,
  DemandRateRow,
  PreAssessmentRow,
  PreAssessmentRegionRow,
  PreAssessmentLineRow,
  PreAssessmentProposalRow,
  InspectionPolicyRow,
  InspectionRow,
  WarehouseThresholdRow,
  RecallNoticeRow,
  RecallMovementRow,
  ScrapProposalRow,
  SendBackRow,
  TransferRow,
  TransferLineRow,
  TransferLotRow,
  TransferReceiptRow,
  TransferReceiptLineRow,
  TransferSettlementRow,
  TransferSettlementLineRow,
  SharingAgreementRow,
  SharingAgreementLineRow,
  SharingAgreementChangeRow,
  LoanRow,
  LoanSettlementRow,
  SharingJourneyRow,
  SharingJourneyLotRow,
  MutualAidEntryRow,
  MutualAidBalanceRow,
  JointReserveRow,
  JointReserveOwnerRow,
  JointReserveLotRow,
  JointReserveDrawRow,
  JointReserveCostRow,
  JointReserveCostShareRow,
];
