import { Injectable } from '@nestjs/common';
import type { Caller } from '@ledger/contracts';
import type { Tx } from '@ledger/platform';
import type { ChangeSupplierStateRequest, SupplierStateResponse } from './dto/supplier.dto';
import { SuppliersRepository } from './suppliers.repository';

/** Suspends a supplier, who then gets no new orders, or lets it in again. Orders under way go on. */
@Injectable()
export class ChangeSupplierStateUseCase {
  constructor(private readonly suppliers: SuppliersRepository) {}

  /** @throws DomainError SUPPLIES_SUPPLIER_NOT_FOUND, also out of the caller's reach */
  async execute(
    tx: Tx,
    caller: Caller,
    supplierId: string,
    { state, reason }: ChangeSupplierStateRequest,
  ): Promise<SupplierStateResponse> {
    const supplier = await this.suppliers.lockFor(tx, caller, supplierId);
    await this.suppliers.setState(tx, supplier.id, state, reason);
    return { supplierId: supplier.id, state, stateReason: reason };
  }
}
