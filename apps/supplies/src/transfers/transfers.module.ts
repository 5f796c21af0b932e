import { Module } from '@nestjs/common';
import { CatalogueModule } from '../catalogue/catalogue.module';
import { DonationPurposesModule } from '../donations/purposes.module';
import { StockModule } from '../stock/stock.module';
import { OpenWorkModule } from '../warehouse/open-work.module';
import { WarehouseModule } from '../warehouse/warehouse.module';
import { BookSettlement } from './book-settlement';
import { CancelTransferUseCase } from './cancel-transfer';
import { CompleteTransfer } from './complete-transfer';
import { DecideSettlementUseCase } from './decide-settlement';
import { DispatchTransferUseCase } from './dispatch-transfer';
import { OrderTransferUseCase } from './order-transfer';
import { ReceiveTransferUseCase } from './receive-transfer';
import { SendingStockRepository } from './sending-stock.repository';
import { SettleTransferUseCase } from './settle-transfer';
import { TransferRecordsRepository } from './transfer-records.repository';
import { TransfersController } from './transfers.controller';
import { TransfersQueries } from './transfers.queries';
import { TransfersRepository } from './transfers.repository';

/** Goods from depot to depot, with what is on the road and what arrived short, damaged or surplus. */
@Module({
  imports: [CatalogueModule, StockModule, DonationPurposesModule, OpenWorkModule, WarehouseModule],
  controllers: [TransfersController],
  providers: [
    ...[TransfersRepository, TransferRecordsRepository, SendingStockRepository, TransfersQueries],
    ...[OrderTransferUseCase, DispatchTransferUseCase, CancelTransferUseCase, ReceiveTransferUseCase],
    ...[CompleteTransfer, BookSettlement, SettleTransferUseCase, DecideSettlementUseCase],
  ],
  exports: [OrderTransferUseCase, CancelTransferUseCase, TransfersRepository],
})
export class TransfersModule {}
