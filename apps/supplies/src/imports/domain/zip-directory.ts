import { DomainError } from '@ledger/contracts';

/** One file inside a zip archive, as the archive's directory at its end announces it. */
export interface ZipEntry {
  readonly name: string;
  /** 0 stored as it is, 8 deflated. */
  readonly method: 0 | 8;
  readonly packedBytes: number;
  readonly unpackedBytes: number;
  /** Checksum of the unpacked content. */
  readonly crc32: number;
  /** Where the entry's own head begins in the archive. */
  readonly offset: number;
}

/** How far an archive may grow when it is unpacked. */
export interface UnpackLimits {
  readonly entries: number;
  readonly totalBytes: number;
  /** Unpacked over packed size of one entry; small entries may be anything. */
  readonly ratio: number;
}

/**
 * A workbook with a million rows unpacks to about half a gigabyte, at 10 to 40 times its packed size; deflate ends at
 * about 1,030. Estimates, on the safe side for what departments have.
 */
export const UNPACK_LIMITS: UnpackLimits = { entries: 2_000, totalBytes: 1024 ** 3, ratio: 250 };
/** Below this the ratio says nothing: an empty sheet of spaces is harmless. */
export const RATIO_FREE_BYTES = 1024 ** 2;

const END_SIGNATURE = 0x06054b50;
const ENTRY_SIGNATURE = 0x02014b50;
const LOCAL_SIGNATURE = 0x04034b50;
const END_BYTES = 22;
const ENTRY_BYTES = 46;
const LOCAL_BYTES = 30;
const MAX_COMMENT_BYTES = 65_535;
const ENCRYPTED = 0x1;

/**
 * Reads the directory of a zip archive and refuses what cannot be a workbook of ours.
 * @throws DomainError SUPPLIES_IMPORT_UNREADABLE for what is damaged, encrypted or packed in a rare way;
 *   SUPPLIES_IMPORT_EXPANDS_TOO_FAR for what announces to grow beyond the limits
 */
export function readZipDirectory(archive: Buffer, limits: UnpackLimits = UNPACK_LIMITS): ZipEntry[] {
  const end = endOf(archive);
  const count = archive.readUInt16LE(end + 10);
  if (count > limits.entries) throw tooFar(`it holds ${count} files`);
  const entries: ZipEntry[] = [];
  let at = archive.readUInt32LE(end + 16);
  for (let index = 0; index < count; index++) {
    if (at + ENTRY_BYTES > end || archive.readUInt32LE(at) !== ENTRY_SIGNATURE) throw damaged();
    entries.push(entryAt(archive, at));
    at += ENTRY_BYTES + archive.readUInt16LE(at + 28) + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32);
  }
  assertLimits(entries, limits);
  return entries;
}

/** The packed bytes of an entry. */
export function packedBytesOf(archive: Buffer, { offset, packedBytes }: ZipEntry): Buffer {
  if (offset + LOCAL_BYTES > archive.length || archive.readUInt32LE(offset) !== LOCAL_SIGNATURE) throw damaged();
  const start = offset + LOCAL_BYTES + archive.readUInt16LE(offset + 26) + archive.readUInt16LE(offset + 28);
  if (start + packedBytes > archive.length) throw damaged();
  return archive.subarray(start, start + packedBytes);
}

/** @throws DomainError SUPPLIES_IMPORT_EXPANDS_TOO_FAR when an entry grew beyond what it announced, or too much */
export function assertUnpacked(entry: ZipEntry, unpackedBytes: number, limits: UnpackLimits = UNPACK_LIMITS): void {
  if (unpackedBytes > entry.unpackedBytes) throw tooFar(`${entry.name} is larger than it announces`);
  if (unpackedBytes > RATIO_FREE_BYTES && unpackedBytes > entry.packedBytes * limits.ratio) {
    throw tooFar(`${entry.name} is packed more tightly than any sheet`);
  }
}

function endOf(archive: Buffer): number {
  const first = Math.max(0, archive.length - END_BYTES - MAX_COMMENT_BYTES);
  for (let at = archive.length - END_BYTES; at >= first; at--) {
    if (archive.readUInt32LE(at) === END_SIGNATURE) return at;
  }
  throw damaged();
}

function entryAt(archive: Buffer, at: number): ZipEntry {
  const method = archive.readUInt16LE(at + 10);
  const isEncrypted = (archive.readUInt16LE(at + 8) & ENCRYPTED) !== 0;
  const sizes = [archive.readUInt32LE(at + 20), archive.readUInt32LE(at + 24), archive.readUInt32LE(at + 42)];
  // 2^32 − 1 announces a size beyond four gigabytes, elsewhere; nothing that long is taken.
  if ((method !== 0 && method !== 8) || isEncrypted || sizes.includes(0xffffffff)) throw damaged();
  const nameBytes = archive.readUInt16LE(at + 28);
  const [packedBytes, unpackedBytes, offset] = sizes;
  const name = archive.toString('utf8', at + ENTRY_BYTES, at + ENTRY_BYTES + nameBytes);
  return { name, method, packedBytes, unpackedBytes, crc32: archive.readUInt32LE(at + 16), offset };
}

function assertLimits(entries: readonly ZipEntry[], limits: UnpackLimits): void {
  const total = entries.reduce((sum, { unpackedBytes }) => sum + unpackedBytes, 0);
  if (total > limits.totalBytes) throw tooFar(`it announces ${total} bytes`);
  for (const entry of entries) assertUnpacked(entry, entry.unpackedBytes, limits);
}

const tooFar = (detail: string): DomainError => new DomainError('SUPPLIES_IMPORT_EXPANDS_TOO_FAR', { detail });
const damaged = (): DomainError =>
  new DomainError('SUPPLIES_IMPORT_UNREADABLE', {
    detail: 'the workbook is damaged, encrypted or packed in a rare way',
  });
