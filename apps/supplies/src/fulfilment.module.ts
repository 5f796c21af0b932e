import { Module } from '@nestjs/common';
import { CatalogueModule } from './catalogue/catalogue.module';
import { DonationPurposesModule } from './donations/purposes.module';
import { DispatchConsumer } from './dispatch.consumer';
import { AllocationsController } from './reservations/allocations.controller';
import { DepotStockRepository } from './reservations/depot-stock.repository';
import { EndReservation } from './reservations/end-reservation';
import { ExpireReservationUseCase } from './reservations/expire-reservation';
import { ReleaseStockUseCase } from './reservations/release-stock';
import { RenewReservationUseCase } from './reservations/renew-reservation';
import { ReservationAnswers } from './reservations/reservation-answers';
import { ReservationsQueries } from './reservations/reservations.queries';
import { ReservationsRepository } from './reservations/reservations.repository';
import { ReserveStockUseCase } from './reservations/reserve-stock';
import { BookReturn } from './returns/book-return';
import { RecordReturnUseCase } from './returns/record-return';
import { ReturnsRepository } from './returns/returns.repository';
import { TakeBackUseCase } from './returns/take-back';
import { ConfirmIssueUseCase } from './shipments/confirm-issue';
import { DeliveriesRepository } from './shipments/deliveries.repository';
import { IssueAnswers } from './shipments/issue-answers';
import { IssueOrdersController } from './shipments/issue-orders.controller';
import { IssueOrdersRepository } from './shipments/issue-orders.repository';
import { OrderIssueUseCase } from './shipments/order-issue';
import { OverrideLotUseCase } from './shipments/override-lot';
import { RecordDeliveryUseCase } from './shipments/record-delivery';
import { SettleDifferenceUseCase } from './shipments/settle-difference';
import { ShipmentsController } from './shipments/shipments.controller';
import { ShipmentsQueries } from './shipments/shipments.queries';
import { HouseholdErasure } from './sites/erase-households';
import { HandoutList } from './sites/handout-list';
import { HandoutListsRepository } from './sites/handout-lists.repository';
import { HandoutsQueries } from './sites/handouts.queries';
import { HandoutsRepository } from './sites/handouts.repository';
import { HouseholdsController } from './sites/households.controller';
import { HouseholdsQueries } from './sites/households.queries';
import { HouseholdsRepository } from './sites/households.repository';
import { RecordHandoutUseCase } from './sites/record-handout';
import { RegisterHouseholdsUseCase } from './sites/register-households';
import { SitesController } from './sites/sites.controller';
import { SitesQueries } from './sites/sites.queries';
import { SitesRepository } from './sites/sites.repository';
import { StockModule } from './stock/stock.module';

/** The way of goods to people and back: promise, issue, road, site, hand-out, return. */
@Module({
  imports: [CatalogueModule, StockModule, DonationPurposesModule],
  controllers: [
    ...[AllocationsController, IssueOrdersController, ShipmentsController, SitesController, HouseholdsController],
    DispatchConsumer,
  ],
  providers: [
    ...[ReservationsRepository, DepotStockRepository, ReservationsQueries, ReservationAnswers, EndReservation],
    ...[ReserveStockUseCase, RenewReservationUseCase, ReleaseStockUseCase, ExpireReservationUseCase],
    ...[IssueOrdersRepository, DeliveriesRepository, ShipmentsQueries, IssueAnswers],
    ...[OrderIssueUseCase, ConfirmIssueUseCase, OverrideLotUseCase, RecordDeliveryUseCase, SettleDifferenceUseCase],
    ...[SitesRepository, HandoutsRepository, SitesQueries, RecordHandoutUseCase],
    ...[HouseholdsRepository, HandoutListsRepository, HouseholdsQueries, HandoutsQueries],
    ...[RegisterHouseholdsUseCase, HouseholdErasure, HandoutList],
    ...[ReturnsRepository, BookReturn, RecordReturnUseCase, TakeBackUseCase],
  ],
})
export class FulfilmentModule {}
