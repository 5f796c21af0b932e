import { Injectable } from '@nestjs/common';
import { DomainError, regionCovers, type Caller, type FieldFault } from '@ledger/contracts';
import type { Tx } from '@ledger/platform';
import { recorderOf } from '../stock/domain/recorder';
import type { ConcludeFrameworkRequest, ConcludeFrameworkResponse } from './dto/framework.dto';
import { FrameworksRepository } from './frameworks.repository';
import { SuppliersRepository } from './suppliers.repository';

/** Records a framework agreement that was signed with a supplier. */
@Injectable()
export class ConcludeFrameworkUseCase {
  constructor(
    private readonly suppliers: SuppliersRepository,
    private readonly frameworks: FrameworksRepository,
  ) {}

  /**
   * @throws DomainError in this order: SUPPLIES_SUPPLIER_NOT_FOUND (also out of the caller's reach),
   *   AUTH_REGION_OUT_OF_SCOPE for a region outside the caller's, REQUEST_INVALID for dates or quantities that
   *   contradict each other, SUPPLIES_ITEM_UNKNOWN, SUPPLIES_FRAMEWORK_EXISTS
   */
  async execute(tx: Tx, caller: Caller, request: ConcludeFrameworkRequest): Promise<ConcludeFrameworkResponse> {
    await this.suppliers.lockFor(tx, caller, request.supplierId);
    const foreign = request.regionCodes.some((regionCode) => !regionCovers(caller.regionCode, regionCode));
    if (foreign) throw new DomainError('AUTH_REGION_OUT_OF_SCOPE');
    const faults = faultsOf(request);
    if (faults.length > 0) throw new DomainError('REQUEST_INVALID', { errors: faults });
    const codes = request.items.map(({ itemCode }) => itemCode);
    const known = await this.frameworks.knownItems(tx, codes);
    const unknown = codes.flatMap((code, index) =>
      known.has(code) ? [] : [{ pointer: `/items/${index}/itemCode`, reason: 'is not in the catalogue' }],
    );
    if (unknown.length > 0) throw new DomainError('SUPPLIES_ITEM_UNKNOWN', { errors: unknown });
    const concluded = { ...request, place: caller, concludedBy: recorderOf(caller) };
    const frameworkId = await this.frameworks.insert(tx, concluded);
    if (!frameworkId) throw new DomainError('SUPPLIES_FRAMEWORK_EXISTS');
    return { frameworkId };
  }
}

function faultsOf({ validFrom, validUntil, items }: ConcludeFrameworkRequest): FieldFault[] {
  const faults: FieldFault[] = [];
  if (validUntil < validFrom) faults.push({ pointer: '/validUntil', reason: 'lies before the first day' });
  items.forEach(({ itemCode, minimumBase, maximumBase }, index) => {
    if (maximumBase != null && maximumBase < minimumBase) {
      faults.push({ pointer: `/items/${index}/maximumBase`, reason: 'is less than the minimum' });
    }
    if (items.findIndex((item) => item.itemCode === itemCode) < index) {
      faults.push({ pointer: `/items/${index}/itemCode`, reason: 'came before in this request' });
    }
  });
  return faults;
}
