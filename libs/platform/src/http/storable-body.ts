import { DomainError } from '@ledger/contracts';
import type { FastifyRequest } from 'fastify';

const MAX_DEPTH = 20;
/** NUL, which no database text takes, and halves of characters, which no JSON column takes. */
const UNSTORABLE = /[\0\p{Surrogate}]/u;

interface Part {
  readonly value: unknown;
  readonly pointer: string;
  readonly depth: number;
}

/**
 * Refuses what no route can do anything with, before anything walks through it: JSON nested deeper than any of our
 * shapes, the word null in place of a body, and texts that cannot be stored, in the body or in the address. Bodies that are streams pass untouched.
 * @throws DomainError REQUEST_INVALID
 */
export function refuseUnstorable(request: Pick<FastifyRequest, 'url' | 'body' | 'headers'>): void {
  if (request.url.includes('%00')) throw invalid('', 'holds a character that cannot be stored');
  // A request without a body has none either, but also no length.
  if (request.body === null && Number(request.headers['content-length'] ?? 0) > 0) throw invalid('', 'is null');
  const waiting: Part[] = [{ value: request.body, pointer: '', depth: 0 }];
  for (let part = waiting.pop(); part; part = waiting.pop()) waiting.push(...partsOf(part));
}

function partsOf({ value, pointer, depth }: Part): Part[] {
  if (typeof value === 'string' && UNSTORABLE.test(value)) {
    throw invalid(pointer, 'holds a character that cannot be stored');
  }
  if (typeof value !== 'object' || value === null || Symbol.asyncIterator in value) return [];
  if (depth === MAX_DEPTH) throw invalid(pointer.slice(0, 100), `is nested deeper than ${MAX_DEPTH} levels`);
  return Object.entries(value).map(([key, part]) => {
    if (UNSTORABLE.test(key)) throw invalid(pointer, 'has a name with a character that cannot be stored');
    return { value: part as unknown, pointer: `${pointer}/${key}`, depth: depth + 1 };
  });
}

const invalid = (pointer: string, reason: string): DomainError =>
  new DomainError('REQUEST_INVALID', { errors: [{ pointer, reason }] });
