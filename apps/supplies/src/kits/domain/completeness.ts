/** A line of a recipe, and what a depot has for it. */
export interface ComponentStock {
  readonly itemCode: string;
  readonly quantityPerKit: number;
  readonly required: boolean;
  /** Free and usable. */
  readonly usableBase: number;
}

export interface ComponentState extends ComponentStock {
  /** For how many kits it lasts. */
  readonly kits: number;
  /** What is missing for the number of kits asked for. */
  readonly shortBase: number;
}

export interface Completeness {
  /** Whole kits that could be built from the required components. */
  readonly buildableKits: number;
  /** Required components that allow no more than that. */
  readonly limitedBy: readonly string[];
  readonly components: readonly ComponentState[];
}

/**
 * How many whole kits could be built, and what stands in the way of more.
 * @param wantedKits  integer > 0; null for one more than could be built, which shows what is short next
 */
export function completeness(components: readonly ComponentStock[], wantedKits: number | null): Completeness {
  const lasting = components.map((component) => ({
    ...component,
    kits: Math.floor(component.usableBase / component.quantityPerKit),
  }));
  const required = lasting.filter((component) => component.required);
  const buildableKits = Math.min(...required.map(({ kits }) => kits));
  const wanted = wantedKits ?? buildableKits + 1;
  return {
    buildableKits,
    limitedBy: required.filter(({ kits }) => kits === buildableKits).map(({ itemCode }) => itemCode),
    components: lasting.map((component) => ({
      ...component,
      shortBase: Math.max(0, component.quantityPerKit * wanted - component.usableBase),
    })),
  };
}
