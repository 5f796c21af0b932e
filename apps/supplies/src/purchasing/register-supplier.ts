import { Injectable } from '@nestjs/common';
import { DomainError, type Caller } from '@ledger/contracts';
import type { Tx } from '@ledger/platform';
import { recorderOf } from '../stock/domain/recorder';
import { isCreditCode } from './domain/credit-code';
import type { RegisterSupplierRequest, SupplierResponse } from './dto/supplier.dto';
import { SuppliersRepository } from './suppliers.repository';

/** Enters a firm in the register of the caller's region. */
@Injectable()
export class RegisterSupplierUseCase {
  constructor(private readonly suppliers: SuppliersRepository) {}

  /** @throws DomainError in this order: SUPPLIES_CREDIT_CODE_INVALID, SUPPLIES_SUPPLIER_EXISTS */
  async execute(tx: Tx, caller: Caller, request: RegisterSupplierRequest): Promise<SupplierResponse> {
    const { name, creditCode, contactName, contactPhone } = request;
    if (!isCreditCode(creditCode)) {
      const errors = [{ pointer: '/creditCode', reason: 'has another form or check digit than GB 32100 asks for' }];
      throw new DomainError('SUPPLIES_CREDIT_CODE_INVALID', { errors });
    }
    const licenceNumber = request.licenceNumber ?? null;
    const licenceValidUntil = request.licenceValidUntil ?? null;
    const facts = { name, creditCode, licenceNumber, licenceValidUntil, contactName, contactPhone };
    const supplierId = await this.suppliers.insert(tx, { ...facts, place: caller, registeredBy: recorderOf(caller) });
    if (!supplierId) throw new DomainError('SUPPLIES_SUPPLIER_EXISTS');
    return { supplierId, ...facts, regionCode: caller.regionCode, state: 'active', stateReason: null };
  }
}
