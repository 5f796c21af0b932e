import { Module } from '@nestjs/common';
import { CatalogueModule } from '../catalogue/catalogue.module';
import { ReservesModule } from '../reserves/reserves.module';
import { StockModule } from '../stock/stock.module';
import { AccountQueries } from './account.queries';
import { AgreementsController } from './agreements.controller';
import { AgreementsQueries } from './agreements.queries';
import { AgreementsRepository } from './agreements.repository';
import { ChangeAgreementUseCase } from './change-agreement';
import { ClearDebt } from './clear-debt';
import { DebtBookRepository } from './debt-book.repository';
import { DecideLoanUseCase } from './decide-loan';
import { DispatchLoanUseCase } from './dispatch-loan';
import { DraftAgreementUseCase } from './draft-agreement';
import { GiveBackUseCase } from './give-back';
import { CreateJointReserveUseCase } from './create-joint-reserve';
import { DrawJointReserveUseCase } from './draw-joint-reserve';
import { JointReservesController } from './joint-reserves.controller';
import { JointReservesQueries } from './joint-reserves.queries';
import { JointReservesRepository } from './joint-reserves.repository';
import { PutJointLotsUseCase } from './put-joint-lots';
import { RecordJointCostUseCase } from './record-joint-cost';
import { JourneysRepository } from './journeys.repository';
import { LoansQueries } from './loans.queries';
import { LoansRepository } from './loans.repository';
import { MutualAidController } from './mutual-aid.controller';
import { ReceiveJourneyUseCase } from './receive-journey';
import { RecordLoanChange } from './record-loan-change';
import { RequestLoanUseCase } from './request-loan';
import { SendGoods } from './send-goods';
import { SettleLoanUseCase } from './settle-loan';
import { SettlementsRepository } from './settlements.repository';
import { ShareableQueries } from './shareable.queries';
import { TakeInGoods } from './take-in-goods';
import { WatchLoans } from './watch-loans';
import { WithdrawLoanUseCase } from './withdraw-loan';

/** Sharing between regions: agreements, what a neighbour may call, loans, the mutual-aid account and joint reserves. */
@Module({
  imports: [CatalogueModule, StockModule, ReservesModule],
  controllers: [AgreementsController, MutualAidController, JointReservesController],
  providers: [
    ...[AgreementsRepository, AgreementsQueries, DraftAgreementUseCase, ChangeAgreementUseCase, ShareableQueries],
    ...[JourneysRepository, SendGoods, TakeInGoods, DebtBookRepository, ClearDebt, AccountQueries],
    ...[LoansRepository, LoansQueries, RecordLoanChange, WatchLoans, RequestLoanUseCase, DecideLoanUseCase],
    ...[WithdrawLoanUseCase, DispatchLoanUseCase, ReceiveJourneyUseCase, GiveBackUseCase],
    ...[SettlementsRepository, SettleLoanUseCase],
    ...[JointReservesRepository, JointReservesQueries, CreateJointReserveUseCase, PutJointLotsUseCase],
    ...[DrawJointReserveUseCase, RecordJointCostUseCase],
  ],
})
export class SharingModule {}
