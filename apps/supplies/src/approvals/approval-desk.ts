import { Injectable } from '@nestjs/common';
import { DomainError, type Caller } from '@ledger/contracts';
import { Deadlines, type Cause, type Tx } from '@ledger/platform';
import { mayActAt, type Place } from '../scope';
import { chinaDay } from '../stock/domain/calendar';
import { recorderOf } from '../stock/domain/recorder';
import { ApprovalsRepository, type Approval, type Lane } from './approvals.repository';
import { ruleInForce, signatoryFor, whyNotDecide, type ApprovalKind, type Signatory } from './domain/approval-rule';
import { scheduleWarning, PAPERS_DUE } from './papers-deadline';

/** What somebody asks a second person to sign, or has done and owes the signature for. */
export interface ApprovalRequest {
  readonly kind: ApprovalKind;
  readonly subjectId: string;
  readonly subjectNumber: string;
  readonly place: Place;
  readonly amountFen: number;
  readonly lane: Lane;
  /** Why it could not wait; needed when it is done first. */
  readonly reason?: string;
  readonly caller: Caller;
}

export interface ApprovalDecision {
  readonly kind: ApprovalKind;
  readonly subjectId: string;
  readonly caller: Caller;
  readonly decision: 'approve' | 'refuse';
  readonly paperNumber?: string;
  readonly note?: string;
}

export interface OpenedApproval {
  readonly approvalId: string;
  readonly signatory: Signatory;
  readonly dueAt: Date;
}

/** Where requests wait for a second person: the one approval path of purchases, donations and pre-assessments. */
@Injectable()
export class ApprovalDesk {
  constructor(
    private readonly approvals: ApprovalsRepository,
    private readonly deadlines: Deadlines,
  ) {}

  /**
   * Opens a request, with a deadline. In the lane `act-first` it is the debt of the papers: the thing itself is done.
   * The caller holds the lock of the thing and has checked that the requester may act there.
   */
  async open(tx: Tx, request: ApprovalRequest, cause: Cause): Promise<OpenedApproval> {
    const { kind, place, amountFen, lane, caller } = request;
    const rules = await this.approvals.rulesFor(tx, kind, place.regionCode);
    const rule = ruleInForce(rules, place.regionCode, chinaDay(tx.now));
    const signatory = signatoryFor(rule.steps, amountFen);
    const hours = lane === 'act-first' ? rule.papersHours : rule.answerHours;
    const { id, dueAt } = await this.approvals.insert(tx, {
      ...{
        kind,
        subjectId: request.subjectId,
        subjectNumber: request.subjectNumber,
        place,
        amountFen,
        signatory,
        lane,
      },
      ...{ ruleSource: rule.source, reason: request.reason ?? null, requestedBy: recorderOf(caller) },
      dueInSeconds: hours * 3_600,
    });
    await scheduleWarning(this.deadlines, tx, { approvalId: id, owner: signatory, dueInSeconds: hours * 3_600 }, cause);
    return { approvalId: id, signatory, dueAt };
  }

  /**
   * Signs or refuses what waits. The caller of this method holds the lock of the thing.
   * @returns the request that was decided
   * @throws DomainError in this order: REQUEST_INVALID for a refusal without a word, SUPPLIES_APPROVAL_NOT_PENDING,
   *   SUPPLIES_APPROVAL_BY_REQUESTER, SUPPLIES_APPROVAL_TIER_TOO_LOW (also for people of another organisation)
   */
  async decide(tx: Tx, input: ApprovalDecision): Promise<Approval> {
    const { caller, decision } = input;
    if (decision === 'refuse' && input.note == null) {
      throw new DomainError('REQUEST_INVALID', { errors: [{ pointer: '/note', reason: 'is needed to refuse' }] });
    }
    const approval = await this.approvals.lockPending(tx, input.kind, input.subjectId);
    if (!approval) throw new DomainError('SUPPLIES_APPROVAL_NOT_PENDING');
    const why = whyNotDecide(caller, approval);
    if (why === 'requester') throw new DomainError('SUPPLIES_APPROVAL_BY_REQUESTER');
    if (why || !mayActAt(caller, approval)) {
      const { signatory, amountFen } = approval;
      throw new DomainError('SUPPLIES_APPROVAL_TIER_TOO_LOW', { facts: { signatory, amountFen } });
    }
    await this.approvals.decide(tx, approval.id, {
      state: decision === 'approve' ? 'approved' : 'refused',
      decidedBy: recorderOf(caller),
      paperNumber: input.paperNumber ?? null,
      note: input.note ?? null,
    });
    await this.deadlines.cancel(tx, PAPERS_DUE, approval.id);
    return approval;
  }

  /** Takes back what waits, because the thing it is about is over; without one that waits it changes nothing. */
  async withdraw(tx: Tx, kind: ApprovalKind, subjectId: string, note: string): Promise<void> {
    const approval = await this.approvals.lockPending(tx, kind, subjectId);
    if (!approval) return;
    await this.approvals.withdraw(tx, approval.id, note);
    await this.deadlines.cancel(tx, PAPERS_DUE, approval.id);
  }
}
