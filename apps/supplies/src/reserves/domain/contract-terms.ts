import type { FieldFault, ReserveMode } from '@ledger/contracts';

/** What the parties agree on. Quantities in the item's base unit, days in China, money in fen. */
export interface AgreedTerms {
  readonly mode: ReserveMode;
  readonly enterpriseOrganisationId: string | null;
  readonly serves: readonly string[];
  readonly validFrom: string;
  readonly validTo: string;
  readonly quantityBase: number;
  readonly minimumBase: number;
  readonly ratePerDay: number | null;
  readonly startUpHours: number | null;
  readonly outputEveryHours: number | null;
  readonly unitPriceFen: number | null;
  readonly confirmEveryDays: number | null;
  readonly graceDays: number;
}

/**
 * What contradicts itself in the terms of a contract; empty when they hold together. An enterprise and a plant have to
 * confirm their figures on a schedule, because nobody sees their stores; for an agreement the schedule is optional.
 * @returns faults in the order of the fields of a request
 * Source: plan 004 §22 (agreement share, minimum stock of key enterprises, capacity monitoring).
 */
export function termsFaults(terms: AgreedTerms): FieldFault[] {
  const { mode } = terms;
  const held = mode === 'enterprise' || mode === 'capacity';
  const checks: readonly (readonly [boolean, string, string])[] = [
    [held && terms.enterpriseOrganisationId === null, 'enterpriseOrganisationId', `is required for ${mode} reserve`],
    [new Set(terms.serves).size < terms.serves.length, 'serves', 'names a region twice'],
    [terms.validTo < terms.validFrom, 'validTo', 'lies before the first day'],
    [mode !== 'enterprise' && terms.minimumBase > 0, 'minimumBase', 'is for enterprise reserve only'],
    ...productionChecks(terms),
    [!isSafeValue(terms), 'unitPriceFen', 'makes the contract worth more than can be counted'],
    [held && terms.confirmEveryDays === null, 'confirmEveryDays', `is required for ${mode} reserve`],
    [terms.confirmEveryDays === null && terms.graceDays > 0, 'graceDays', 'is of use with a schedule only'],
  ];
  return checks.flatMap(([wrong, field, reason]) => (wrong ? [{ pointer: `/${field}`, reason }] : []));
}

function productionChecks(terms: AgreedTerms): (readonly [boolean, string, string])[] {
  return (['ratePerDay', 'startUpHours', 'outputEveryHours'] as const).map((field) => {
    const isPlant = terms.mode === 'capacity';
    const reason = isPlant ? 'is required for capacity reserve' : 'is for capacity reserve only';
    return [(terms[field] !== null) !== isPlant, field, reason];
  });
}

const isSafeValue = ({ quantityBase, unitPriceFen }: AgreedTerms): boolean =>
  Number.isSafeInteger(quantityBase * (unitPriceFen ?? 0));
