import { Injectable } from '@nestjs/common';
import { Idempotency, type Identity, type Tx } from '@ledger/platform';
import { AdvanceAllocation } from './advance-allocation';
import { readAllocation } from './allocations.queries';
import { AllocationsRepository, type LockedAllocation } from './allocations.repository';
import { approvalTier, requireApprover } from './domain/approval-rules';
import type { SagaEvent } from './domain/saga/saga-events';
import type { AllocationView, DecisionRequest, ReasonRequest } from './dto/allocation.dto';

type Decide = (tx: Tx, locked: LockedAllocation) => SagaEvent | Promise<SagaEvent>;

/** What people decide about an allocation: submit, approve, reject, cancel. */
@Injectable()
export class DecideAllocation {
  constructor(
    private readonly idempotency: Idempotency,
    private readonly repository: AllocationsRepository,
    private readonly advance: AdvanceAllocation,
  ) {}

  /** Holds the goods of the draft softly and asks for a signature. @throws DomainError GATEWAY_ALLOCATION_NOT_FOUND, GATEWAY_TRANSITION_FORBIDDEN */
  submit(identity: Identity, allocationId: string): Promise<AllocationView> {
    return this.decide(identity, allocationId, (_tx, { state }) => ({
      type: 'submitted',
      data: { approvalTier: approvalTier(state) },
    }));
  }

  /**
   * Signs the use order, or rejects the request.
   * @throws DomainError GATEWAY_ALLOCATION_NOT_FOUND, GATEWAY_APPROVAL_BY_REQUESTER, AUTH_REGION_OUT_OF_SCOPE,
   *   GATEWAY_APPROVAL_TIER_TOO_LOW, GATEWAY_TRANSITION_FORBIDDEN
   */
  sign(identity: Identity, allocationId: string, decision: DecisionRequest): Promise<AllocationView> {
    return this.decide(identity, allocationId, async (tx, { state, requestedBy }) => {
      requireApprover(state, requestedBy, identity.caller);
      if (decision.decision === 'reject') return { type: 'rejected', data: { reason: decision.reason ?? '' } };
      await this.repository.nameApprover(tx, allocationId, identity.caller.displayName);
      return { type: 'approved', data: { useOrder: await this.repository.nextUseOrder(tx) } };
    });
  }

  /** Gives everything back, or after departure calls everything home. @throws DomainError as `submit` */
  cancel(identity: Identity, allocationId: string, { reason }: ReasonRequest): Promise<AllocationView> {
    return this.decide(identity, allocationId, () => ({ type: 'cancelled', data: { reason } }));
  }

  private decide(identity: Identity, allocationId: string, decide: Decide): Promise<AllocationView> {
    const { caller, correlationId } = identity;
    return this.idempotency.once(identity, async (tx) => {
      const locked = await this.repository.lock(tx, allocationId, caller);
      const event = await decide(tx, locked);
      await this.advance.execute(tx, locked.state, event, { actor: caller.displayName, eventId: correlationId });
      return readAllocation(tx, allocationId, caller);
    });
  }
}
