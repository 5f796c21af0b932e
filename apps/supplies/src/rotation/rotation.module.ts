import { Module } from '@nestjs/common';
import { CatalogueModule } from '../catalogue/catalogue.module';
import { PurchasingModule } from '../purchasing/purchasing.module';
import { StockModule } from '../stock/stock.module';
import { TransfersModule } from '../transfers/transfers.module';
import { WarehouseModule } from '../warehouse/warehouse.module';
import { RotationAlertsController } from './alerts.controller';
import { RotationAlertsQueries } from './alerts.queries';
import { CancelOrderUseCase } from './cancel-order';
import { CloseOrderUseCase } from './close-order';
import { RotationConfigurationController } from './configuration.controller';
import { RotationConfigurationQueries } from './configuration.queries';
import { RotationConfigurationRepository } from './configuration.repository';
import { DecideProposalUseCase } from './decide-proposal';
import { DraftReplenishmentUseCase } from './draft-replenishment';
import { EquipmentDueRepository } from './equipment/equipment-due.repository';
import { EquipmentOrdersRepository } from './equipment/equipment-orders.repository';
import { EquipmentTestsRepository } from './equipment/equipment-tests.repository';
import { EquipmentController } from './equipment/equipment.controller';
import { EquipmentQueries } from './equipment/equipment.queries';
import { HoldEquipment } from './equipment/hold-equipment';
import { RecordTestUseCase } from './equipment/record-test';
import { SetTestRuleUseCase } from './equipment/set-test-rule';
import { SweepEquipment } from './equipment/sweep-equipment';
import { FollowGoods } from './follow-goods';
import { ForecastQueries } from './forecast.queries';
import { LinkTransferUseCase } from './link-transfer';
import { OpenOrdersUseCase } from './open-orders';
import { RotationOrdersQueries } from './orders.queries';
import { PlanOrderUseCase } from './plan-order';
import { ProposeAppraisalUseCase } from './propose-appraisal';
import { RotationLotsRepository } from './rotation-lots.repository';
import { RotationNeedsQueries } from './rotation-needs.queries';
import { RotationOrdersController } from './rotation-orders.controller';
import { RotationOrdersRepository } from './rotation-orders.repository';
import { RotationProposalsRepository } from './rotation-proposals.repository';
import { SetItemPriceUseCase } from './set-item-price';
import { SetThresholdUseCase } from './set-threshold';
import { AcceptOfferUseCase } from './sharing/accept-offer';
import { DeclareDemandUseCase } from './sharing/declare-demand';
import { DemandsRepository } from './sharing/demands.repository';
import { MatchesQueries } from './sharing/matches.queries';
import { OfferGoodsUseCase } from './sharing/offer-goods';
import { OffersRepository } from './sharing/offers.repository';
import { RotationSharingController } from './sharing/sharing.controller';
import { EndAcceptance } from './sharing/end-acceptance';
import { SharingQueries } from './sharing/sharing.queries';
import { SweepRotationUseCase } from './sweep-rotation';
import { TakeWayOutUseCase } from './take-way-out';
import { WaysOutController } from './ways-out.controller';

/** Rotation as a closed loop: thresholds, alerts, orders with their ways out, tests of equipment, and the forecast. */
@Module({
  imports: [CatalogueModule, StockModule, PurchasingModule, WarehouseModule, TransfersModule],
  controllers: [
    RotationConfigurationController,
    RotationAlertsController,
    RotationOrdersController,
    WaysOutController,
    EquipmentController,
    RotationSharingController,
  ],
  providers: [
    ...[RotationConfigurationRepository, RotationConfigurationQueries, SetThresholdUseCase, SetItemPriceUseCase],
    ...[RotationAlertsQueries, ForecastQueries, RotationNeedsQueries, RotationOrdersQueries],
    ...[RotationLotsRepository, RotationOrdersRepository, RotationProposalsRepository, FollowGoods],
    ...[
      OpenOrdersUseCase,
      PlanOrderUseCase,
      LinkTransferUseCase,
      TakeWayOutUseCase,
      ProposeAppraisalUseCase,
      DecideProposalUseCase,
    ],
    ...[CancelOrderUseCase, CloseOrderUseCase, SweepRotationUseCase, DraftReplenishmentUseCase],
    ...[EquipmentDueRepository, EquipmentOrdersRepository, EquipmentTestsRepository, EquipmentQueries],
    ...[HoldEquipment, RecordTestUseCase, SetTestRuleUseCase, SweepEquipment],
    ...[OffersRepository, DemandsRepository, SharingQueries, MatchesQueries],
    ...[DeclareDemandUseCase, OfferGoodsUseCase, AcceptOfferUseCase, EndAcceptance],
  ],
  exports: [RotationNeedsQueries],
})
export class RotationModule {}
