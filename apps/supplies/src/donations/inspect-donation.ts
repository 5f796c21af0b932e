import { Injectable } from '@nestjs/common';
import { DomainError, type Caller, type FieldFault } from '@ledger/contracts';
import type { Cause, Tx } from '@ledger/platform';
import { ApprovalDesk } from '../approvals/approval-desk';
import { AcceptDonation } from './accept-donation';
import { stepOf } from './donation-step';
import { DonationsRepository, stateAfter, type Donation, type LineDecision } from './donations.repository';
import type { DonationStepResponse, InspectDonationRequest } from './dto/donation-intake.dto';

export interface DonationInspection {
  readonly caller: Caller;
  readonly donationId: string;
  readonly request: InspectDonationRequest;
}

/**
 * Somebody looks at what is given and says what is fit, line by line. What is fit waits for a second person, or comes
 * in at once with its papers owed; a donation of which nothing is fit is refused.
 */
@Injectable()
export class InspectDonationUseCase {
  constructor(
    private readonly donations: DonationsRepository,
    private readonly desk: ApprovalDesk,
    private readonly accept: AcceptDonation,
  ) {}

  /**
   * @throws DomainError in this order: SUPPLIES_DONATION_NOT_FOUND (also out of reach),
   *   SUPPLIES_DONATION_TRANSITION_FORBIDDEN, SUPPLIES_DONATION_LINE_UNKNOWN, REQUEST_INVALID for a line that is left
   *   out, named twice or refused without a reason, and for acting first without one
   */
  async execute(tx: Tx, input: DonationInspection, cause: Cause): Promise<DonationStepResponse> {
    const { caller, request } = input;
    const found = await this.donations.lockFor(tx, caller, input.donationId);
    const state = stateAfter(found, eventOf(found, request));
    assertLines(found, request);
    await this.donations.decideLines(tx, request.lines.map(decisionOf));
    const donation = (await this.donations.lock(tx, found.id)) as Donation;
    if (state === 'refused') {
      await this.donations.setState(tx, donation.id, state, request.reason ?? 'nothing of it is fit');
      return stepOf({ ...donation, state });
    }
    const { reason, actFirst } = request;
    const waiting = await this.desk.open(
      tx,
      {
        ...{
          kind: 'donation',
          subjectId: donation.id,
          subjectNumber: donation.number,
          place: donation,
          caller,
          reason,
        },
        ...{ amountFen: valueOf(donation), lane: actFirst ? 'act-first' : 'ordinary' },
      },
      cause,
    );
    if (actFirst) await this.accept.execute(tx, donation, 'owed', cause);
    else await this.donations.setState(tx, donation.id, state);
    return stepOf({ ...donation, state }, waiting);
  }
}

function eventOf({ moneyFen }: Donation, { lines, actFirst }: InspectDonationRequest) {
  const takesSomething = moneyFen !== null || lines.some(({ accept }) => accept);
  if (!takesSomething) return 'decline';
  return actFirst ? 'act-first' : 'submit';
}

/** What of the donation is taken, in fen. */
const valueOf = ({ lines, moneyFen }: Donation): number =>
  lines.filter(({ decision }) => decision === 'accepted').reduce((sum, { valueFen }) => sum + valueFen, moneyFen ?? 0);

const decisionOf = ({
  lineId,
  accept,
  refusalReason,
  note,
}: InspectDonationRequest['lines'][number]): LineDecision => ({
  lineId: lineId.toLowerCase(),
  accept,
  refusalReason: refusalReason ?? null,
  note: note ?? null,
});

function assertLines({ lines }: Donation, request: InspectDonationRequest): void {
  const named = request.lines.map(({ lineId }) => lineId.toLowerCase());
  const unknown = named.flatMap((lineId, index) =>
    lines.some((line) => line.lineId === lineId)
      ? []
      : [{ pointer: `/lines/${index}/lineId`, reason: 'is no line of the donation' }],
  );
  if (unknown.length > 0) throw new DomainError('SUPPLIES_DONATION_LINE_UNKNOWN', { errors: unknown });
  const faults: FieldFault[] = request.lines.flatMap(({ accept, refusalReason }, index) => [
    ...(named.indexOf(named[index]) < index
      ? [{ pointer: `/lines/${index}`, reason: 'came before in this request' }]
      : []),
    ...(accept === (refusalReason != null)
      ? [
          {
            pointer: `/lines/${index}/refusalReason`,
            reason: accept ? 'contradicts the acceptance' : 'is needed to refuse',
          },
        ]
      : []),
  ]);
  const missing = lines.filter(({ lineId }) => !named.includes(lineId));
  if (missing.length > 0) faults.push({ pointer: '/lines', reason: `${missing.length} line(s) are left out` });
  if (request.actFirst && request.reason == null) {
    faults.push({ pointer: '/reason', reason: 'is needed to act first' });
  }
  if (faults.length > 0) throw new DomainError('REQUEST_INVALID', { errors: faults });
}
