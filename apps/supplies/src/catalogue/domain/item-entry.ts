import type { FieldFault } from '@ledger/contracts';

/** How a lot of the item is kept usable; `seeds/README.md` describes each rule. */
export const ROTATION_RULES = [
  'FEFO',
  'FIFO',
  'FIFO-APPRAISE',
  'RUN-TEST',
  'INSPECT-ONLY',
  'CYL-TEST',
  'CALIBRATE',
  'VEHICLE',
  'AGREEMENT-ONLY',
] as const;
export type RotationRule = (typeof ROTATION_RULES)[number];

/** Read in a named source, or our own guess. */
export const BASES = ['sourced', 'estimate'] as const;
export type Basis = (typeof BASES)[number];

/** How a life is known: besides a source or a guess, the printed label decides, or the item does not age. */
export const SHELF_LIFE_BASES = ['sourced', 'recalled', 'weak_source', 'label', 'estimate', 'none'] as const;
export type ShelfLifeBasis = (typeof SHELF_LIFE_BASES)[number];

export const SIZE_BASES = ['sourced', 'weight_sourced', 'estimate'] as const;
export type SizeBasis = (typeof SIZE_BASES)[number];

/** What an entry says of an item, as far as one part depends on another. An empty text is no source. */
export interface ItemFacts {
  readonly perishable: boolean;
  readonly shelfLifeMonths: number | null;
  readonly shelfLifeBasis: ShelfLifeBasis;
  readonly shelfLifeSource: string;
  readonly rotationRule: RotationRule;
  readonly rotationBasis: Basis;
  readonly rotationSource: string;
  readonly inspectEveryMonths: number | null;
  readonly sizeBasis: SizeBasis;
  readonly sizeSource: string;
}

const TESTED: readonly RotationRule[] = ['RUN-TEST', 'CYL-TEST', 'CALIBRATE'];
const GUESSED: readonly (ShelfLifeBasis | SizeBasis)[] = ['estimate', 'none'];

/**
 * What is read somewhere names where; what is tested says how often; what goes by its date has one.
 * @returns the contradictions of an entry; empty when there are none
 */
export function itemFaults(item: ItemFacts): FieldFault[] {
  const faults: FieldFault[] = [];
  const fault = (pointer: string, reason: string): void => void faults.push({ pointer, reason });
  if ((item.shelfLifeBasis === 'none') !== (item.shelfLifeMonths === null)) {
    fault('/shelfLifeMonths', 'is given unless the basis is none');
  }
  if (!GUESSED.includes(item.shelfLifeBasis) && item.shelfLifeSource === '') {
    fault('/shelfLifeSource', 'is required unless the life is an estimate');
  }
  if (item.rotationBasis === 'sourced' && item.rotationSource === '') {
    fault('/rotationSource', 'is required for a sourced rule');
  }
  if (!GUESSED.includes(item.sizeBasis) && item.sizeSource === '') {
    fault('/sizeSource', 'is required unless the size is an estimate');
  }
  if (item.rotationRule === 'FEFO' && !item.perishable)
    fault('/perishable', 'goods without a date have no first expiry');
  if (TESTED.includes(item.rotationRule) && item.inspectEveryMonths === null) {
    fault('/inspectEveryMonths', 'is required for goods that are tested');
  }
  return faults;
}
