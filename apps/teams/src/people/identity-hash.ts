import { createHash } from 'node:crypto';

/**
 * What is kept of an identity number: enough to know the same person again in this installation. Identity numbers are
 * few enough to be tried out by whoever has table and salt, so the hash is personal data all the same.
 */
export function identityHash(salt: string, identityNumber: string): string {
  return createHash('sha256').update(`${salt}:${identityNumber}`).digest('hex');
}
