import type { Cause } from '@ledger/platform';

/** What the seeds bring about has no request or event before it. */
export const seedCause = (subject: string): Cause => ({ correlationId: subject, causationId: 'seed', realm: 'real' });

export const isYes = (value: string): boolean => value === 'y';

/** A whole number, or null for an empty field. */
export const optionalInteger = (value: string): number | null => (value === '' ? null : Number.parseInt(value, 10));

export const optionalText = (value: string): string | null => (value === '' ? null : value);
