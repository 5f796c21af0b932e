import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DomainError, type Caller, type FieldFault } from '@ledger/contracts';
import type { Tx } from '@ledger/platform';
import { DepotsRepository } from '../catalogue/depots.repository';
import { recorderOf } from '../stock/domain/recorder';
import { purposeFault, type Purpose } from './domain/purpose';
import { traceCode } from './domain/trace-code';
import { stepOf } from './donation-step';
import { DonationsRepository, type Donation } from './donations.repository';
import type { DonationStepResponse, RecordDonationRequest } from './dto/donation-intake.dto';

/** Takes down what somebody wants to give. Nothing comes in until it was looked at and a second person agreed. */
@Injectable()
export class RecordDonationUseCase {
  constructor(
    private readonly depots: DepotsRepository,
    private readonly donations: DonationsRepository,
  ) {}

  /**
   * @throws DomainError in this order: SUPPLIES_DEPOT_NOT_FOUND (also out of the caller's reach), SUPPLIES_DEPOT_CLOSED,
   *   REQUEST_INVALID for an empty donation, a donor without a name who is not anonymous, or a purpose that does not
   *   name what its kind asks for; SUPPLIES_ITEM_UNKNOWN
   * Source: plan 004 §22 (donations).
   */
  async execute(tx: Tx, caller: Caller, request: RecordDonationRequest): Promise<DonationStepResponse> {
    const depot = await this.depots.findFor(tx, caller, request.depotId);
    const purpose = purposeOf(request);
    const errors = faultsOf(request, purpose);
    if (errors.length > 0) throw new DomainError('REQUEST_INVALID', { errors });
    await this.assertCatalogued(tx, request);
    const { kind, anonymous, name = null, phone = null, address = null, publishName } = request.donor;
    const id = await this.donations.insert(tx, {
      ...{ traceCode: traceCode(randomBytes(17)), depotId: depot.id, place: depot, purpose },
      ...{ moneyFen: request.moneyFen ?? null, recordedBy: recorderOf(caller), lines: request.lines },
      donor: { kind, anonymous, name, phone, address, publishName },
    });
    return stepOf((await this.donations.lock(tx, id)) as Donation);
  }

  private async assertCatalogued(tx: Tx, { lines }: RecordDonationRequest): Promise<void> {
    const codes = lines.map(({ itemCode }) => itemCode);
    const known = await this.donations.knownItems(tx, codes);
    const errors = codes.flatMap((code, index) =>
      known.has(code) ? [] : [{ pointer: `/lines/${index}/itemCode`, reason: 'is not in the catalogue' }],
    );
    if (errors.length > 0) throw new DomainError('SUPPLIES_ITEM_UNKNOWN', { errors });
  }
}

const purposeOf = ({ purpose }: RecordDonationRequest): Purpose => ({
  kind: purpose.kind,
  regionCode: purpose.regionCode ?? null,
  incidentId: purpose.incidentId ?? null,
  group: purpose.group ?? null,
});

function faultsOf({ donor, lines, moneyFen }: RecordDonationRequest, purpose: Purpose): FieldFault[] {
  const faults: FieldFault[] = [];
  const ofPurpose = purposeFault(purpose);
  if (ofPurpose) faults.push({ pointer: '/purpose', reason: ofPurpose });
  if (lines.length === 0 && moneyFen == null) faults.push({ pointer: '/lines', reason: 'nothing is given' });
  if (!donor.anonymous && donor.name == null) {
    faults.push({ pointer: '/donor/name', reason: 'is needed unless the donor stays anonymous' });
  }
  if (donor.anonymous && donor.publishName) {
    faults.push({ pointer: '/donor/publishName', reason: 'contradicts an anonymous donor' });
  }
  return faults;
}
