import { createHash } from 'node:crypto';

/** The partition of a key: the same in every process and release, and even over many keys. */
export function partitionOf(key: string, partitions: number): number {
  return createHash('sha256').update(key).digest().readUInt32BE(0) % partitions;
}
