/**
 * What a rule counts: one item, all items of a category together, or what items can do (people sheltered, litres a
 * minute). A text, so that it can be a key: `item:LRS-015`.
 */
export type Target = `item:${string}` | `category:${string}` | `capability:${string}`;

export interface TargetColumns {
  readonly itemCode: string | null;
  readonly category: string | null;
  readonly capability: string | null;
}

export const itemTarget = (itemCode: string): Target => `item:${itemCode}`;

export function targetOf({ itemCode, category, capability }: TargetColumns): Target {
  if (itemCode !== null) return itemTarget(itemCode);
  return category !== null ? `category:${category}` : `capability:${capability}`;
}

export function columnsOf(target: Target): TargetColumns {
  const [kind, ...rest] = target.split(':');
  const code = rest.join(':');
  return {
    itemCode: kind === 'item' ? code : null,
    category: kind === 'category' ? code : null,
    capability: kind === 'capability' ? code : null,
  };
}

/** What one base unit of an item counts towards a target: a piece of a category, or its measured capability. */
export interface Contribution {
  readonly itemCode: string;
  readonly target: Target;
  readonly perUnit: number;
}
