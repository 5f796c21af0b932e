import { Injectable } from '@nestjs/common';
import { DomainError, type Caller } from '@ledger/contracts';
import type { Cause, Tx } from '@ledger/platform';
import { recorderOf } from '../stock/domain/recorder';
import { RecordReceiptUseCase } from '../stock/record-receipt';
import { freshBatchNumbers } from './donation-batches';
import { DonationsRepository, stateAfter, type Donation, type DonationLine } from './donations.repository';
import type { DonationReceiptLine, ReceiveDonationRequest, ReceiveDonationResponse } from './dto/donation-goods.dto';
import { DonationPurposes } from './purposes.repository';

export interface DonationReceipt {
  readonly caller: Caller;
  readonly donationId: string;
  readonly request: ReceiveDonationRequest;
}

/** Takes donated goods in: every line becomes a lot of its own, bound to what it was given for. */
@Injectable()
export class ReceiveDonationUseCase {
  constructor(
    private readonly donations: DonationsRepository,
    private readonly purposes: DonationPurposes,
    private readonly recordReceipt: RecordReceiptUseCase,
  ) {}

  /**
   * What is counted is booked, even when it is more or less than was declared.
   * @throws DomainError in this order: SUPPLIES_DONATION_NOT_FOUND (also out of reach),
   *   SUPPLIES_DONATION_TRANSITION_FORBIDDEN, SUPPLIES_DONATION_LINE_UNKNOWN, SUPPLIES_DONATION_LINE_NOT_ACCEPTED,
   *   SUPPLIES_DONATION_LINE_RECEIVED, then as RecordReceiptUseCase
   * Source: plan 004 §22 (donations).
   */
  async execute(
    tx: Tx,
    { caller, donationId, request }: DonationReceipt,
    cause: Cause,
  ): Promise<ReceiveDonationResponse> {
    const donation = await this.donations.lockFor(tx, caller, donationId);
    stateAfter(donation, 'receive-part');
    const lines = linesOf(donation, request.lines);
    const state = stateAfter(donation, fills(donation, lines) ? 'receive-all' : 'receive-part');
    const numbers = await freshBatchNumbers(
      tx,
      donation,
      lines.map((line, index) => ({ line, batchNumber: request.lines[index].batchNumber })),
    );
    const received = await this.recordReceipt.execute(
      tx,
      { caller, request: receiptOf(donation, lines, numbers, request) },
      cause,
    );
    const parts = lines.map(({ lineId }, index) => {
      return { lineId, lotId: received.lots[index].lotId, quantityBase: request.lines[index].quantityBase };
    });
    const { movementId, postedAt, lots } = received;
    const header = { donationId: donation.id, movementId, recordedBy: recorderOf(caller) };
    const receiptId = await this.donations.insertReceipt(tx, header, parts);
    await this.purposes.bind(
      tx,
      donation.id,
      parts.map(({ lotId }) => lotId),
      donation.purpose,
    );
    await this.donations.setReceived(tx, parts);
    await this.donations.setState(tx, donation.id, state);
    return { receiptId, movementId, postedAt, state, lots };
  }
}

/** The lines of the donation that came, in the order of the request. */
function linesOf({ lines }: Donation, came: readonly DonationReceiptLine[]): DonationLine[] {
  const named = came.map(({ lineId }) => lines.find((line) => line.lineId === lineId.toLowerCase()));
  const unknown = named.flatMap((line, index) =>
    line ? [] : [{ pointer: `/lines/${index}/lineId`, reason: 'is no line of the donation' }],
  );
  if (unknown.length > 0) throw new DomainError('SUPPLIES_DONATION_LINE_UNKNOWN', { errors: unknown });
  const found = named as DonationLine[];
  const refused = found.find(({ decision }) => decision !== 'accepted');
  if (refused) throw new DomainError('SUPPLIES_DONATION_LINE_NOT_ACCEPTED', { facts: { lineId: refused.lineId } });
  const twice = found.find((line, index) => line.receivedBase > 0 || found.indexOf(line) < index);
  if (twice) throw new DomainError('SUPPLIES_DONATION_LINE_RECEIVED', { facts: { lineId: twice.lineId } });
  return found;
}

/** Whether nothing that was accepted is missing any more. */
const fills = ({ lines }: Donation, came: readonly DonationLine[]): boolean =>
  lines.every((line) => line.decision !== 'accepted' || line.receivedBase > 0 || came.includes(line));

function receiptOf(
  donation: Donation,
  lines: readonly DonationLine[],
  batchNumbers: readonly string[],
  request: ReceiveDonationRequest,
) {
  return {
    depotId: donation.depotId,
    origin: 'donation' as const,
    lines: request.lines.map(({ quantityBase, productionDate, expiryDate }, index) => ({
      ...{
        itemCode: lines[index].itemCode,
        batchNumber: batchNumbers[index],
        quantityBase,
        productionDate,
        expiryDate,
      },
    })),
    note: request.note ?? donation.number,
  };
}
