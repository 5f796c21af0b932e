import type { MovementKind } from '../../stock/domain/movement-kinds';

/** The steps that the public hears of. */
export type TraceStep = 'received' | 'sent' | 'arrived' | 'handed-out' | 'returned' | 'lost' | 'scrapped';

/**
 * What a movement of a lot means to whoever gave it; undefined for work inside a store, which says nothing about where
 * goods went. A pair of accounts decides where the kind alone does not.
 */
export function traceStep(kind: MovementKind, to: string): TraceStep | undefined {
  if (to === 'lost') return 'lost';
  if (to === 'scrapped') return 'scrapped';
  if (to === 'consumed') return 'handed-out';
  switch (kind) {
    case 'receipt':
      return 'received';
    case 'issue':
    case 'transfer-out':
    case 'lend':
      return 'sent';
    case 'deliver':
    case 'transfer-in':
      return to.startsWith('transit:') ? undefined : 'arrived';
    case 'return':
    case 'take-back':
    case 'give-back':
      return 'returned';
    default:
      return undefined;
  }
}

const COUNTY_DIGITS = 6;

/** The county of a place, as far as a public trace tells: a village would lead to the door of whoever was helped. */
export const countyOf = (regionCode: string): string => regionCode.slice(0, COUNTY_DIGITS);
