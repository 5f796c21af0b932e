import type { FieldFault } from '@ledger/contracts';
import type { Day } from '../../stock/domain/calendar';

export interface RecipeLine {
  readonly itemCode: string;
  readonly quantityPerKit: number;
  readonly required: boolean;
}

/** @returns what is wrong with a recipe by itself; empty when nothing is */
export function recipeFaults(
  recipe: { readonly kitCode: string; readonly validFrom: Day; readonly components: readonly RecipeLine[] },
  today: Day,
): FieldFault[] {
  const faults: FieldFault[] = [];
  const fault = (pointer: string, reason: string): void => void faults.push({ pointer, reason });
  if (recipe.validFrom < today) fault('/validFrom', 'lies in the past; kits of that time were built by another recipe');
  const seen = new Set<string>();
  recipe.components.forEach(({ itemCode }, index) => {
    const pointer = `/components/${index}/itemCode`;
    if (itemCode === recipe.kitCode) fault(pointer, 'is the kit itself');
    if (seen.has(itemCode)) fault(pointer, 'came before in this recipe');
    seen.add(itemCode);
  });
  if (!recipe.components.some(({ required }) => required)) fault('/components', 'need one that is required');
  return faults;
}
