import { Injectable } from '@nestjs/common';
import { DomainError } from '@ledger/contracts';
import type { ImportRecord } from '../imports.repository';
import { StoredFiles } from '../stored-files';
import { CsvSource } from './csv-source';
import type { RowSource } from './row-source';
import { XlsxSource } from './xlsx-source';
import { ZipFile } from './zip-file';

/** A source of rows, and how many bytes of the file went into it so far. */
export interface OpenSource {
  readonly source: RowSource;
  bytesRead(): number;
}

/** Opens stored files as rows. */
@Injectable()
export class FileSources {
  constructor(private readonly files: StoredFiles) {}

  /** @throws DomainError SUPPLIES_IMPORT_UNREADABLE when the bytes are no longer kept, and as the formats say */
  async open({ fileId, format, encoding }: ImportRecord): Promise<OpenSource> {
    if (fileId === null) throw new DomainError('SUPPLIES_IMPORT_UNREADABLE', { detail: 'the file is no longer kept' });
    if (format === 'xlsx') {
      const archive = await this.files.whole(fileId);
      return { source: await XlsxSource.open(new ZipFile(archive)), bytesRead: () => archive.length };
    }
    let bytes = 0;
    const files = this.files;
    async function* counted(): AsyncGenerator<Buffer> {
      bytes = 0;
      for await (const piece of files.pieces(fileId as string)) {
        bytes += piece.length;
        yield piece;
      }
    }
    return { source: new CsvSource(counted, encoding ?? 'utf-8'), bytesRead: () => bytes };
  }
}
