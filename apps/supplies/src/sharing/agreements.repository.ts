import { Injectable } from '@nestjs/common';
import { DomainError, type Caller } from '@ledger/contracts';
import { newId, type Tx } from '@ledger/platform';
import { recorderOf } from '../stock/domain/recorder';
import { nextAgreementState, type AgreementEvent, type AgreementState } from './domain/agreement-state';
import type { DraftAgreementRequest } from './dto/agreement.dto';
import { isEitherSide } from './reach';

export interface Agreement {
  readonly id: string;
  readonly number: string;
  readonly state: AgreementState;
  readonly offeringRegionCode: string;
  readonly answeringRegionCode: string;
  readonly offeredById: string | null;
}

export interface AgreementChange {
  readonly caller: Caller;
  readonly event: AgreementEvent;
  readonly reason: string | null;
}

/** Who signed is kept on the row as well, so that it cannot come into force without both. */
const SIGNED: Readonly<Partial<Record<AgreementEvent, string>>> = {
  offer: ', offered_by = $3, offered_by_id = $4, offered_at = now()',
  accept: ', accepted_by = $3, accepted_by_id = $4, accepted_at = now()',
};

/** Writes sharing agreements. */
@Injectable()
export class AgreementsRepository {
  async insert(tx: Tx, caller: Caller, request: DraftAgreementRequest): Promise<Agreement> {
    const id = newId();
    const { documentNumber, offeringRegionCode, answeringRegionCode, validFrom, validTo, loanDays, discloses } =
      request;
    const { name, userId } = recorderOf(caller);
    const [{ number }] = await tx.query<{ number: string }>(
      `INSERT INTO sharing_agreements (id, number, document_number, state, offering_region_code, answering_region_code,
                                       valid_from, valid_to, loan_days, discloses, drafted_by, drafted_by_id)
       VALUES ($1, 'SHA-' || to_char(now() AT TIME ZONE 'Asia/Shanghai', 'YYYY') || '-'
                   || lpad(nextval('sharing_agreement_numbers')::text, 6, '0'),
               $2, 'draft', $3, $4, $5, $6, $7, $8, $9, $10) RETURNING number`,
      [
        ...[id, documentNumber, offeringRegionCode, answeringRegionCode, validFrom, validTo, loanDays, discloses],
        ...[name, userId],
      ],
    );
    await insertLines(tx, id, request);
    return { id, number, state: 'draft', offeringRegionCode, answeringRegionCode, offeredById: null };
  }

  /** @throws DomainError SUPPLIES_SHARING_AGREEMENT_NOT_FOUND, also for one of other regions */
  async lockFor(tx: Tx, caller: Caller, id: string): Promise<Agreement> {
    const [agreement] = await tx.query<Agreement>(
      `SELECT id, number, state, offering_region_code AS "offeringRegionCode",
              answering_region_code AS "answeringRegionCode", offered_by_id AS "offeredById"
       FROM sharing_agreements WHERE id = $1 FOR UPDATE`,
      [id],
    );
    if (!agreement || !isEitherSide(caller, agreement.offeringRegionCode, agreement.answeringRegionCode)) {
      throw new DomainError('SUPPLIES_SHARING_AGREEMENT_NOT_FOUND');
    }
    return agreement;
  }

  /** @throws DomainError SUPPLIES_SHARING_AGREEMENT_TRANSITION_FORBIDDEN */
  async change(tx: Tx, agreement: Agreement, { caller, event, reason }: AgreementChange): Promise<AgreementState> {
    const state = nextAgreementState(agreement.state, event);
    if (!state) {
      const facts = { state: agreement.state, event };
      throw new DomainError('SUPPLIES_SHARING_AGREEMENT_TRANSITION_FORBIDDEN', { facts });
    }
    const { name, userId } = recorderOf(caller);
    const signed = SIGNED[event];
    await tx.execute(
      `UPDATE sharing_agreements SET state = $2 ${signed ?? ''} WHERE id = $1`,
      signed ? [agreement.id, state, name, userId] : [agreement.id, state],
    );
    await tx.execute(
      `INSERT INTO sharing_agreement_changes (id, agreement_id, event, state, reason, recorded_by, recorded_by_id,
                                              recorded_region_code)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [newId(), agreement.id, event, state, reason, name, userId, caller.regionCode],
    );
    return state;
  }
}

async function insertLines(tx: Tx, agreementId: string, { lines }: DraftAgreementRequest): Promise<void> {
  await tx.execute(
    `INSERT INTO sharing_agreement_lines (agreement_id, id, position, giver_region_code, item_code, category,
        share_percent, max_base, response_hours, fee_fen, replacement, piece_price_fen)
     SELECT $1, line.* FROM unnest($2::uuid[], $3::integer[], $4::text[], $5::text[], $6::text[], $7::integer[],
        $8::bigint[], $9::integer[], $10::bigint[], $11::text[], $12::bigint[]) AS line`,
    [
      agreementId,
      lines.map(() => newId()),
      lines.map((_, index) => index + 1),
      lines.map(({ giverRegionCode }) => giverRegionCode),
      lines.map(({ itemCode }) => itemCode ?? null),
      lines.map(({ category }) => category ?? null),
      lines.map(({ sharePercent }) => sharePercent),
      lines.map(({ maxBase }) => maxBase ?? null),
      lines.map(({ responseHours }) => responseHours),
      lines.map(({ feeFen }) => feeFen),
      lines.map(({ replacement }) => replacement),
      lines.map(({ piecePriceFen }) => piecePriceFen ?? null),
    ],
  );
}
