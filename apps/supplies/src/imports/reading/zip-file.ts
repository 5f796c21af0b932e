import { crc32, createInflateRaw } from 'node:zlib';
import { DomainError } from '@ledger/contracts';
import { assertUnpacked, packedBytesOf, readZipDirectory, type ZipEntry } from '../domain/zip-directory';

const PIECE_BYTES = 64 * 1024;

/** A zip archive in memory; its files are unpacked piece by piece and watched while they grow. */
export class ZipFile {
  private readonly entries: ReadonlyMap<string, ZipEntry>;

  /** @throws DomainError as `readZipDirectory` */
  constructor(private readonly archive: Buffer) {
    this.entries = new Map(readZipDirectory(archive).map((entry) => [entry.name, entry]));
  }

  has(name: string): boolean {
    return this.entries.has(name);
  }

  unpackedBytes(name: string): number {
    return this.entries.get(name)?.unpackedBytes ?? 0;
  }

  /**
   * The bytes of a file, piece by piece; none for a file that is not there.
   * @throws DomainError SUPPLIES_IMPORT_EXPANDS_TOO_FAR as soon as it grows beyond what it announced,
   *   SUPPLIES_IMPORT_UNREADABLE when it is damaged
   */
  async *read(name: string): AsyncGenerator<Buffer> {
    const entry = this.entries.get(name);
    if (!entry) return;
    const packed = packedBytesOf(this.archive, entry);
    let unpackedBytes = 0;
    let checksum = 0;
    for await (const piece of entry.method === 0 ? [packed] : inflated(packed, entry.name)) {
      unpackedBytes += piece.length;
      checksum = crc32(piece, checksum);
      assertUnpacked(entry, unpackedBytes);
      yield piece;
    }
    if (unpackedBytes < entry.unpackedBytes || checksum !== entry.crc32) throw damaged(entry.name);
  }
}

async function* inflated(packed: Buffer, name: string): AsyncGenerator<Buffer> {
  const inflate = createInflateRaw({ chunkSize: PIECE_BYTES });
  inflate.end(packed);
  try {
    yield* inflate as AsyncIterable<Buffer>;
  } catch {
    throw damaged(name);
  } finally {
    inflate.destroy();
  }
}

const damaged = (name: string): DomainError =>
  new DomainError('SUPPLIES_IMPORT_UNREADABLE', { detail: `${name} is damaged` });
