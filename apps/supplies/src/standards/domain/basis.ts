/** How sure a figure is: read in a named source, our own guess, or invented for demonstration. */
export const BASES = ['sourced', 'estimate', 'synthetic'] as const;
export type Basis = (typeof BASES)[number];
