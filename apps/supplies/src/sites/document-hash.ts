import { createHash, randomBytes } from 'node:crypto';

/** A salt for one register. It needs no secret: it only keeps hashes of two registers from being compared. */
export const newSalt = (): string => randomBytes(16).toString('hex');

/**
 * What is kept of the number of a document: enough to know the same household again within one incident. Numbers of
 * documents are few enough to be tried out by whoever has the table, so the hash is personal all the same, and is erased
 * with the rest.
 */
export function documentHash(salt: string, documentNumber: string): string {
  return createHash('sha256').update(`${salt}:${documentNumber.toUpperCase()}`).digest('hex');
}

export const documentTail = (documentNumber: string): string => documentNumber.toUpperCase().slice(-2);
