import { DomainError, regionCovers, type FieldFault } from '@ledger/contracts';
import type { Day } from '../../stock/domain/calendar';

/** What an agreement sells of one item. */
export interface FrameworkItem {
  readonly itemCode: string;
  readonly packBase: number;
  readonly unitPriceFen: number;
  readonly minimumBase: number;
  readonly maximumBase: number | null;
  readonly leadTimeDays: number;
  /** What orders have taken so far. */
  readonly calledBase: number;
}

/** A framework agreement with what an order has to know of its supplier. */
export interface FrameworkTerms {
  readonly frameworkId: string;
  readonly documentNumber: string;
  readonly supplierId: string;
  readonly supplierName: string;
  readonly supplierState: 'active' | 'suspended';
  readonly licenceValidUntil: Day | null;
  readonly validFrom: Day;
  readonly validUntil: Day;
  readonly endedOn: Day | null;
  readonly tolerancePermille: number;
  readonly regionCodes: readonly string[];
  readonly items: readonly FrameworkItem[];
}

export interface WantedLine {
  readonly itemCode: string;
  readonly quantityBase: number;
}

/** Whether an agreement can be ordered from on a day: in force, and its supplier admitted. */
export const isInForce = (terms: FrameworkTerms, today: Day): boolean =>
  terms.endedOn === null && terms.validFrom <= today && today <= terms.validUntil;

/**
 * Checks that an order fits an agreement: that it is in force and serves the depot's region, sells every item, and that
 * each line is a whole number of packs and at least the minimum.
 * @throws DomainError SUPPLIES_FRAMEWORK_NOT_APPLICABLE, with one fault per line that does not fit
 */
export function assertApplicable(
  terms: FrameworkTerms,
  order: { readonly regionCode: string; readonly lines: readonly WantedLine[] },
  today: Day,
): void {
  if (!isInForce(terms, today)) throw notApplicable(`${terms.documentNumber} is not in force on ${today}`);
  if (!terms.regionCodes.some((served) => regionCovers(served, order.regionCode))) {
    throw notApplicable(`${terms.documentNumber} does not serve region ${order.regionCode}`);
  }
  const errors = order.lines.flatMap((line, index): FieldFault[] => {
    const reason = lineFault(terms, line);
    return reason === undefined ? [] : [{ pointer: `/lines/${index}`, reason }];
  });
  if (errors.length > 0) throw new DomainError('SUPPLIES_FRAMEWORK_NOT_APPLICABLE', { errors });
}

function lineFault(terms: FrameworkTerms, { itemCode, quantityBase }: WantedLine): string | undefined {
  const item = terms.items.find((each) => each.itemCode === itemCode);
  if (!item) return 'is not sold under the agreement';
  if (quantityBase % item.packBase !== 0) return `is no whole number of packs of ${item.packBase}`;
  return quantityBase < item.minimumBase ? `is less than the minimum of ${item.minimumBase}` : undefined;
}

/**
 * Checks that the lines fit into what the maxima leave, all lines of an item together.
 * @throws DomainError SUPPLIES_FRAMEWORK_EXHAUSTED for the first item that does not
 */
export function assertWithinMaximum(terms: FrameworkTerms, lines: readonly WantedLine[]): void {
  for (const { itemCode, maximumBase, calledBase } of terms.items) {
    const wantedBase = lines
      .filter((line) => line.itemCode === itemCode)
      .reduce((sum, line) => sum + line.quantityBase, 0);
    if (maximumBase === null || wantedBase === 0 || calledBase + wantedBase <= maximumBase) continue;
    throw new DomainError('SUPPLIES_FRAMEWORK_EXHAUSTED', {
      detail: `${terms.documentNumber} has ${maximumBase - calledBase} of ${itemCode} left`,
      facts: { itemCode, wantedBase, maximumBase, leftBase: maximumBase - calledBase },
    });
  }
}

const notApplicable = (detail: string): DomainError => new DomainError('SUPPLIES_FRAMEWORK_NOT_APPLICABLE', { detail });
