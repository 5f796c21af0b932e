import { Module } from '@nestjs/common';
import { ApprovalsModule } from '../approvals/approvals.module';
import { CatalogueModule } from '../catalogue/catalogue.module';
import { StockModule } from '../stock/stock.module';
import { AcceptDonation } from './accept-donation';
import { AllocateDonationUseCase } from './allocate-donation';
import { CertifyDonationUseCase } from './certify-donation';
import { DecideDonationUseCase } from './decide-donation';
import { DonatedGoodsController } from './donated-goods.controller';
import { DonationsController } from './donations.controller';
import { DonationsQueries } from './donations.queries';
import { DonationsRepository } from './donations.repository';
import { EraseDonorUseCase } from './erase-donor';
import { InspectDonationUseCase } from './inspect-donation';
import { LiftPurposeUseCase } from './lift-purpose';
import { PublicDonationsController } from './public-donations.controller';
import { PublicDonationsQueries } from './public-donations.queries';
import { DonationPurposesModule } from './purposes.module';
import { ReceiveDonationUseCase } from './receive-donation';
import { RecordDonationUseCase } from './record-donation';
import { UndoDonationReceipt } from './undo-donation-receipt';
import { WithdrawDonationUseCase } from './withdraw-donation';

/** Donations: intake, purpose, receipt, allocation, certificate and public trace. */
@Module({
  imports: [ApprovalsModule, CatalogueModule, StockModule, DonationPurposesModule],
  controllers: [DonationsController, DonatedGoodsController, PublicDonationsController],
  providers: [
    ...[DonationsRepository, DonationsQueries, PublicDonationsQueries, RecordDonationUseCase, InspectDonationUseCase],
    ...[AcceptDonation, DecideDonationUseCase, WithdrawDonationUseCase, ReceiveDonationUseCase, UndoDonationReceipt],
    ...[AllocateDonationUseCase, LiftPurposeUseCase, CertifyDonationUseCase, EraseDonorUseCase],
  ],
})
export class DonationsModule {}
