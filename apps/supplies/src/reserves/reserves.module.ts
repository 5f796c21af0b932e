import { Module } from '@nestjs/common';
import { CatalogueModule } from '../catalogue/catalogue.module';
import { StockModule } from '../stock/stock.module';
import { AmendReserveContractUseCase } from './amend-reserve-contract';
import { AnswerCallUseCase } from './answer-call';
import { ApproveCallUseCase } from './approve-call';
import { CallDeadlines } from './call-deadlines';
import { CallableController } from './callable.controller';
import { CallableQueries } from './callable.queries';
import { CallableSources } from './callable-sources';
import { CallsQueries } from './calls.queries';
import { CallsRepository } from './calls.repository';
import { CancelCallUseCase } from './cancel-call';
import { CapacityListController } from './capacity-list.controller';
import { CapacityListQueries } from './capacity-list.queries';
import { CapacityListRepository } from './capacity-list.repository';
import { ChangeCapacityListUseCase } from './change-capacity-list';
import { ChangeContractStateUseCase } from './change-contract-state';
import { ConfirmationReminders } from './confirmation-reminders';
import { ContractFeesController } from './contract-fees.controller';
import { ContractsQueries } from './contracts.queries';
import { ContractsRepository } from './contracts.repository';
import { CreateReserveContractUseCase } from './create-reserve-contract';
import { DepartCallUseCase } from './depart-call';
import { EndCall } from './end-call';
import { FeesQueries } from './fees.queries';
import { OverdueCalls } from './overdue-calls';
import { OwnSourcesQueries } from './own-sources.queries';
import { PlaceCallUseCase } from './place-call';
import { ReceiveCallUseCase } from './receive-call';
import { RecordChange } from './record-change';
import { RecordConfirmationUseCase } from './record-confirmation';
import { RecordFeeUseCase } from './record-fee';
import { RenewReserveContractUseCase } from './renew-reserve-contract';
import { ReserveCallsController } from './reserve-calls.controller';
import { ReserveContractsController } from './reserve-contracts.controller';
import { ReserveContractCover } from './reserve-contract-cover';
import { ReserveHoldingsQueries } from './reserve-holdings.queries';
import { SetCallRuleUseCase } from './set-call-rule';
import { SettleFeeUseCase } from './settle-fee';
import { UndoCallReceipt } from './undo-call-receipt';

/** Reserve contracts: agreement, enterprise and capacity, what they promise, and the callable curve. */
@Module({
  imports: [CatalogueModule, StockModule],
  controllers: [
    ReserveContractsController,
    ReserveCallsController,
    ContractFeesController,
    CapacityListController,
    CallableController,
  ],
  providers: [
    ...[ContractsRepository, ContractsQueries, RecordChange, ConfirmationReminders],
    ...[CreateReserveContractUseCase, ChangeContractStateUseCase, AmendReserveContractUseCase],
    ...[RenewReserveContractUseCase, RecordConfirmationUseCase],
    ...[CallsRepository, CallsQueries, CallDeadlines, EndCall, OverdueCalls, UndoCallReceipt],
    ...[PlaceCallUseCase, ApproveCallUseCase, AnswerCallUseCase, DepartCallUseCase, ReceiveCallUseCase],
    ...[CancelCallUseCase, SetCallRuleUseCase],
    ...[FeesQueries, RecordFeeUseCase, SettleFeeUseCase],
    ...[CapacityListRepository, CapacityListQueries, ChangeCapacityListUseCase],
    ...[CallableSources, OwnSourcesQueries, CallableQueries, ReserveHoldingsQueries, ReserveContractCover],
  ],
  exports: [
    ...[CreateReserveContractUseCase, CallableSources, ReserveHoldingsQueries, ReserveContractCover],
    ...[OwnSourcesQueries, PlaceCallUseCase],
  ],
})
export class ReservesModule {}
