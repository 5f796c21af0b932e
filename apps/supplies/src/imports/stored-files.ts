import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { Database, newId, type Tx } from '@ledger/platform';

/** Large enough to be few, small enough to hold one in memory for every file on its way in. */
const PIECE_BYTES = 256 * 1024;
const ORPHANED_AFTER_SECONDS = 3_600;

export interface StoredFile {
  readonly id: string;
  readonly sizeBytes: number;
  readonly sha256: string;
  /** The first piece, to tell what the file is. */
  readonly head: Buffer;
}

/**
 * Files in the service's own database, in pieces: any copy of the service can work on them, and a restart loses none. A
 * file is stored piece by piece as it comes, outside of any transaction, because a slow line may take its time; one that
 * no import names in the end is dropped.
 */
@Injectable()
export class StoredFiles {
  constructor(private readonly database: Database) {}

  /** @throws DomainError REQUEST_TOO_LARGE when the body breaks off there; what came so far is dropped */
  async store(body: Readable): Promise<StoredFile> {
    const id = newId();
    await this.database.query('INSERT INTO import_files (id) VALUES ($1)', [id]);
    try {
      return await this.write(id, body);
    } catch (error) {
      await this.drop(id);
      throw error;
    }
  }

  private async write(id: string, body: Readable): Promise<StoredFile> {
    const hash = createHash('sha256');
    let head: Buffer = Buffer.alloc(0);
    let sizeBytes = 0;
    let position = 0;
    for await (const piece of inPieces(body as AsyncIterable<Buffer>)) {
      if (position === 0) head = piece;
      hash.update(piece);
      sizeBytes += piece.length;
      await this.database.query('INSERT INTO import_file_pieces (file_id, position, bytes) VALUES ($1, $2, $3)', [
        id,
        position++,
        piece,
      ]);
    }
    return { id, sizeBytes, sha256: hash.digest('hex'), head };
  }

  /** The bytes of a file, piece by piece. */
  async *pieces(id: string): AsyncGenerator<Buffer> {
    for (let position = 0; ; position++) {
      const [row] = await this.database.query<{ bytes: Buffer }>(
        'SELECT bytes FROM import_file_pieces WHERE file_id = $1 AND position = $2',
        [id, position],
      );
      if (!row) return;
      yield row.bytes;
    }
  }

  /** All bytes of a file, for formats that are read from their end. */
  async whole(id: string): Promise<Buffer> {
    const pieces: Buffer[] = [];
    for await (const piece of this.pieces(id)) pieces.push(piece);
    return Buffer.concat(pieces);
  }

  /** Drops a file that no import names. */
  async drop(id: string): Promise<void> {
    await this.database.query(
      'DELETE FROM import_files AS file WHERE id = $1 AND NOT EXISTS (SELECT 1 FROM imports WHERE file_id = file.id)',
      [id],
    );
  }

  /** Drops what was left behind by requests that never ended. */
  async dropOrphans(): Promise<void> {
    await this.database.query(
      `DELETE FROM import_files AS file WHERE received_at < now() - $1 * interval '1 second'
         AND NOT EXISTS (SELECT 1 FROM imports WHERE file_id = file.id)`,
      [ORPHANED_AFTER_SECONDS],
    );
  }
}

/** Takes the bytes of an import away; what was read from them stays. */
export async function dropFileOf(tx: Tx, importId: string): Promise<void> {
  const [row] = await tx.query<{ file_id: string }>(
    'SELECT file_id FROM imports WHERE id = $1 AND file_id IS NOT NULL FOR UPDATE',
    [importId],
  );
  if (!row) return;
  await tx.execute('UPDATE imports SET file_id = NULL WHERE id = $1', [importId]);
  await tx.execute('DELETE FROM import_files WHERE id = $1', [row.file_id]);
}

async function* inPieces(body: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let waiting: Buffer[] = [];
  let waitingBytes = 0;
  for await (const chunk of body) {
    waiting.push(chunk);
    waitingBytes += chunk.length;
    if (waitingBytes < PIECE_BYTES) continue;
    yield Buffer.concat(waiting);
    waiting = [];
    waitingBytes = 0;
  }
  if (waitingBytes > 0) yield Buffer.concat(waiting);
}
