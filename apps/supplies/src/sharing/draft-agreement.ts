import { Injectable } from '@nestjs/common';
import { DomainError, regionCovers, type Caller, type FieldFault } from '@ledger/contracts';
import type { Tx } from '@ledger/platform';
import { AgreementsRepository } from './agreements.repository';
import type { AgreementStepResponse, DraftAgreementRequest } from './dto/agreement.dto';
import { actsFor } from './reach';

/** Writes down what two regions may agree on. */
@Injectable()
export class DraftAgreementUseCase {
  constructor(private readonly agreements: AgreementsRepository) {}

  /**
   * @throws DomainError in this order: AUTH_REGION_OUT_OF_SCOPE (the caller does not act for the offering side),
   *   REQUEST_INVALID (sides that lie in one another, dates, goods), SUPPLIES_ITEM_UNKNOWN
   * Source: plan 004 §3.
   */
  async execute(tx: Tx, caller: Caller, request: DraftAgreementRequest): Promise<AgreementStepResponse> {
    if (!actsFor(caller, request.offeringRegionCode)) throw new DomainError('AUTH_REGION_OUT_OF_SCOPE');
    const errors = faultsOf(request);
    if (errors.length > 0) throw new DomainError('REQUEST_INVALID', { errors });
    await assertCatalogued(tx, request);
    const { id, number, state } = await this.agreements.insert(tx, caller, request);
    return { agreementId: id, number, state };
  }
}

function faultsOf({ offeringRegionCode, answeringRegionCode, validFrom, validTo, lines }: DraftAgreementRequest) {
  const faults: FieldFault[] = [];
  const sides = [offeringRegionCode, answeringRegionCode];
  if (regionCovers(sides[0], sides[1]) || regionCovers(sides[1], sides[0])) {
    faults.push({ pointer: '/answeringRegionCode', reason: 'lies in the same region: that is a transfer, not a loan' });
  }
  if (validTo < validFrom) faults.push({ pointer: '/validTo', reason: 'lies before the first day' });
  const seen = new Set<string>();
  lines.forEach(({ giverRegionCode, itemCode, category }, index) => {
    if (!sides.includes(giverRegionCode)) {
      faults.push({ pointer: `/lines/${index}/giverRegionCode`, reason: 'is neither of the two sides' });
    }
    if ((itemCode === undefined) === (category === undefined)) {
      faults.push({ pointer: `/lines/${index}`, reason: 'names an item or a category, not both' });
    }
    const key = `${giverRegionCode} ${itemCode ?? category}`;
    if (seen.has(key)) faults.push({ pointer: `/lines/${index}`, reason: 'stands in the agreement before' });
    seen.add(key);
  });
  return faults;
}

async function assertCatalogued(tx: Tx, { lines }: DraftAgreementRequest): Promise<void> {
  const rows = await tx.query<{ name: string }>(
    `SELECT code AS name FROM items WHERE code = ANY($1) UNION SELECT category FROM items WHERE category = ANY($2)`,
    [lines.flatMap(({ itemCode }) => itemCode ?? []), lines.flatMap(({ category }) => category ?? [])],
  );
  const known = new Set(rows.map(({ name }) => name));
  const errors = lines.flatMap(({ itemCode, category }, index) =>
    known.has(itemCode ?? category ?? '')
      ? []
      : [{ pointer: `/lines/${index}/${itemCode ? 'itemCode' : 'category'}`, reason: 'is not in the catalogue' }],
  );
  if (errors.length > 0) throw new DomainError('SUPPLIES_ITEM_UNKNOWN', { errors });
}
