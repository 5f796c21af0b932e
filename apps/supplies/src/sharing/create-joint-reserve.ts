import { Injectable } from '@nestjs/common';
import { DomainError, type Caller, type FieldFault } from '@ledger/contracts';
import type { Tx } from '@ledger/platform';
import { DepotsRepository } from '../catalogue/depots.repository';
import type { CreateJointReserveRequest, JointReserveStepResponse } from './dto/joint-reserve.dto';
import { JointReservesRepository } from './joint-reserves.repository';
import { actsFor } from './reach';

const WHOLE_PERCENT = 100;

/** Enters what several regions or departments agreed to hold jointly in one depot. */
@Injectable()
export class CreateJointReserveUseCase {
  constructor(
    private readonly depots: DepotsRepository,
    private readonly reserves: JointReservesRepository,
  ) {}

  /**
   * @throws DomainError in this order: SUPPLIES_DEPOT_NOT_FOUND (also out of the caller's reach), SUPPLIES_DEPOT_CLOSED,
   *   AUTH_REGION_OUT_OF_SCOPE (not of the emergency department of the depot's region), REQUEST_INVALID (dates, an owner
   *   named twice, shares or costs that do not sum to the whole), SUPPLIES_ITEM_UNKNOWN
   * Source: plan 000 §24 (joint reserve).
   */
  async execute(tx: Tx, caller: Caller, request: CreateJointReserveRequest): Promise<JointReserveStepResponse> {
    const depot = await this.depots.findFor(tx, caller, request.depotId, 'receive');
    if (!actsFor(caller, depot.regionCode)) throw new DomainError('AUTH_REGION_OUT_OF_SCOPE');
    const errors = faultsOf(request);
    if (errors.length > 0) throw new DomainError('REQUEST_INVALID', { errors });
    if ((await tx.query('SELECT 1 FROM items WHERE code = $1', [request.itemCode])).length === 0) {
      const unknown = [{ pointer: '/itemCode', reason: 'is not in the catalogue' }];
      throw new DomainError('SUPPLIES_ITEM_UNKNOWN', { errors: unknown });
    }
    const { id, number } = await this.reserves.insert(tx, caller, request);
    return { reserveId: id, number };
  }
}

function faultsOf({ validFrom, validTo, shareBasis, owners }: CreateJointReserveRequest): FieldFault[] {
  const faults: FieldFault[] = [];
  if (validTo < validFrom) faults.push({ pointer: '/validTo', reason: 'lies before the first day' });
  const keys = owners.map(({ regionCode, organisationId }) => `${regionCode} ${organisationId.toLowerCase()}`);
  keys.forEach((key, index) => {
    if (keys.indexOf(key) < index) faults.push({ pointer: `/owners/${index}`, reason: 'is named before' });
  });
  const sum = (of: (owner: (typeof owners)[number]) => number): number => owners.reduce((all, one) => all + of(one), 0);
  if (shareBasis === 'percent' && sum(({ share }) => share) !== WHOLE_PERCENT) {
    faults.push({ pointer: '/owners', reason: 'the shares do not sum to 100 per cent' });
  }
  if (sum(({ costPercent }) => costPercent) !== WHOLE_PERCENT) {
    faults.push({ pointer: '/owners', reason: 'the parts of the costs do not sum to 100 per cent' });
  }
  return faults;
}
