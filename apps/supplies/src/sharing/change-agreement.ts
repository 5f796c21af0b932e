import { Injectable } from '@nestjs/common';
import { DomainError, type Caller } from '@ledger/contracts';
import type { Tx } from '@ledger/platform';
import { AgreementsRepository, type Agreement } from './agreements.repository';
import { sideOf, type AgreementEvent } from './domain/agreement-state';
import type { AgreementStepResponse, ChangeAgreementRequest } from './dto/agreement.dto';
import { actsFor } from './reach';

const NEEDS_REASON: readonly AgreementEvent[] = ['decline', 'suspend', 'end'];

/** Signs, declines, suspends, resumes or ends an agreement. */
@Injectable()
export class ChangeAgreementUseCase {
  constructor(private readonly agreements: AgreementsRepository) {}

  /**
   * Each side signs for itself, and nobody signs for both. What is lent stays owed when an agreement is over.
   * @throws DomainError in this order: SUPPLIES_SHARING_AGREEMENT_NOT_FOUND, SUPPLIES_SHARING_WRONG_SIDE,
   *   REQUEST_INVALID (no reason), SUPPLIES_SHARING_AGREEMENT_TRANSITION_FORBIDDEN, SUPPLIES_APPROVAL_BY_REQUESTER
   */
  async execute(
    tx: Tx,
    caller: Caller,
    id: string,
    { event, reason = undefined }: ChangeAgreementRequest,
  ): Promise<AgreementStepResponse> {
    const agreement = await this.agreements.lockFor(tx, caller, id);
    if (!isOnSide(caller, agreement, event)) throw new DomainError('SUPPLIES_SHARING_WRONG_SIDE');
    if (NEEDS_REASON.includes(event) && reason === undefined) {
      throw new DomainError('REQUEST_INVALID', { errors: [{ pointer: '/reason', reason: 'is needed' }] });
    }
    const isOwnOffer = event === 'accept' && agreement.state === 'offered' && agreement.offeredById === caller.userId;
    if (isOwnOffer) throw new DomainError('SUPPLIES_APPROVAL_BY_REQUESTER');
    const state = await this.agreements.change(tx, agreement, { caller, event, reason: reason ?? null });
    return { agreementId: agreement.id, number: agreement.number, state };
  }
}

function isOnSide(caller: Caller, agreement: Agreement, event: AgreementEvent): boolean {
  const { offeringRegionCode, answeringRegionCode } = agreement;
  switch (sideOf(event)) {
    case 'offering':
      return actsFor(caller, offeringRegionCode);
    case 'answering':
      return actsFor(caller, answeringRegionCode);
    case 'either':
      return actsFor(caller, offeringRegionCode) || actsFor(caller, answeringRegionCode);
  }
}
