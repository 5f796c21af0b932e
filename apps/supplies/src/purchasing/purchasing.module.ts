import { Module } from '@nestjs/common';
import { ApprovalsModule } from '../approvals/approvals.module';
import { CatalogueModule } from '../catalogue/catalogue.module';
import { StockModule } from '../stock/stock.module';
import { ChangeSupplierStateUseCase } from './change-supplier-state';
import { ConcludeFrameworkUseCase } from './conclude-framework';
import { DecideOrderUseCase } from './decide-order';
import { DraftOrderUseCase } from './draft-order';
import { DraftPurchaseOrders } from './draft-purchase-orders';
import { DraftsController } from './drafts.controller';
import { EndFrameworkUseCase } from './end-framework';
import { EndOrderUseCase } from './end-order';
import { FrameworksController } from './frameworks.controller';
import { FrameworksQueries } from './frameworks.queries';
import { FrameworksRepository } from './frameworks.repository';
import { OpenOrders } from './open-orders';
import { OrderEffect } from './order-effect';
import { OrdersController } from './orders.controller';
import { OrdersQueries } from './orders.queries';
import { OrdersRepository } from './orders.repository';
import { PriceOrder } from './price-order';
import { ReceiveOrderUseCase } from './receive-order';
import { RegisterSupplierUseCase } from './register-supplier';
import { ReviseOrderUseCase } from './revise-order';
import { SendOrderUseCase } from './send-order';
import { SubmitOrderUseCase } from './submit-order';
import { SuppliersController } from './suppliers.controller';
import { SuppliersQueries } from './suppliers.queries';
import { SuppliersRepository } from './suppliers.repository';
import { UndoOrderReceipt } from './undo-order-receipt';

/** Suppliers, framework agreements, purchase orders and their receipts. */
@Module({
  imports: [ApprovalsModule, CatalogueModule, StockModule],
  controllers: [SuppliersController, FrameworksController, OrdersController, DraftsController],
  providers: [
    ...[SuppliersRepository, SuppliersQueries, RegisterSupplierUseCase, ChangeSupplierStateUseCase],
    ...[FrameworksRepository, FrameworksQueries, ConcludeFrameworkUseCase, EndFrameworkUseCase],
    ...[OrdersRepository, OrdersQueries, PriceOrder, OrderEffect, DraftOrderUseCase, ReviseOrderUseCase],
    ...[SubmitOrderUseCase, DecideOrderUseCase, SendOrderUseCase, ReceiveOrderUseCase, EndOrderUseCase],
    ...[UndoOrderReceipt, DraftPurchaseOrders, OpenOrders],
  ],
  exports: [DraftPurchaseOrders, OpenOrders, PriceOrder, OrdersRepository],
})
export class PurchasingModule {}
