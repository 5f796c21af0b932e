import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DomainError } from '@ledger/contracts';
import { Deadlines, Idempotency, newId, type Identity, type Tx, type Upload } from '@ledger/platform';
import { formatOf, type FileFormat } from './domain/file-format';
import type { ImportKind } from './domain/import-kinds';
import type { ReceivedImportResponse } from './dto/import.dto';
import { scheduleEnd } from './import-end';
import { ImportWorker } from './import-worker';
import { ImportsRepository } from './imports.repository';
import { detectEncoding, type TextEncoding } from './reading/text-encoding';
import { XlsxSource } from './reading/xlsx-source';
import { ZipFile } from './reading/zip-file';
import { StoredFiles, type StoredFile } from './stored-files';

/** Files on their way in at the same time: each holds a piece, a workbook its whole packed length for a moment. */
const MAX_UPLOADS = 4;
const DEFAULT_NAMES: Readonly<Record<FileFormat, string>> = { csv: 'upload.csv', xlsx: 'upload.xlsx' };

interface FileFacts {
  readonly format: FileFormat;
  readonly encoding: TextEncoding | null;
}

/** Takes a department's file in. */
@Injectable()
export class ReceiveImportUseCase {
  private uploads = 0;

  constructor(
    private readonly files: StoredFiles,
    private readonly imports: ImportsRepository,
    private readonly idempotency: Idempotency,
    private readonly deadlines: Deadlines,
    private readonly worker: ImportWorker,
  ) {}

  /**
   * Stores the file and opens an import of it, at which the worker then looks. The same file again, of the same
   * organisation, region and kind, answers the import it became the first time.
   * @throws DomainError in this order: SERVICE_UNAVAILABLE while too many files are on their way, REQUEST_TOO_LARGE,
   *   SUPPLIES_IMPORT_EMPTY, SUPPLIES_IMPORT_FORMAT_UNSUPPORTED, SUPPLIES_IMPORT_EXPANDS_TOO_FAR,
   *   SUPPLIES_IMPORT_UNREADABLE, SUPPLIES_IMPORT_ENCODING_UNKNOWN, IDEMPOTENCY_KEY_REUSED; none leaves a trace
   */
  async execute(identity: Identity, upload: Upload, kind: ImportKind): Promise<ReceivedImportResponse> {
    if (this.uploads >= MAX_UPLOADS) throw new DomainError('SERVICE_UNAVAILABLE', { detail: 'too many files at once' });
    this.uploads++;
    try {
      return await this.receive(identity, upload, kind);
    } finally {
      this.uploads--;
    }
  }

  private async receive(identity: Identity, upload: Upload, kind: ImportKind): Promise<ReceivedImportResponse> {
    const file = await this.files.store(upload.body);
    try {
      const facts = await this.look(file);
      const contentHash = createHash('sha256').update(`${kind} ${file.sha256}`).digest('hex');
      return await this.idempotency.once({ ...identity, contentHash }, (tx) =>
        this.open(tx, identity, { file, kind, ...facts, fileName: upload.fileName ?? DEFAULT_NAMES[facts.format] }),
      );
    } finally {
      // Nothing happens to a file that became an import; any other is of no use.
      await this.files.drop(file.id);
    }
  }

  private async look(file: StoredFile): Promise<FileFacts> {
    const format = formatOf(file.head);
    if (format === 'csv') return { format, encoding: await detectEncoding(() => this.files.pieces(file.id)) };
    XlsxSource.assertWorkbook(new ZipFile(await this.files.whole(file.id)));
    return { format, encoding: null };
  }

  private async open(
    tx: Tx,
    { caller }: Identity,
    { file, ...facts }: FileFacts & { readonly file: StoredFile; readonly kind: ImportKind; readonly fileName: string },
  ): Promise<ReceivedImportResponse> {
    const { id: fileId, sha256, sizeBytes } = file;
    const id = newId();
    if (await this.imports.insert(tx, { id, fileId, sha256, sizeBytes, caller, ...facts })) {
      await scheduleEnd(this.deadlines, tx, id, 'abandoned');
      tx.afterCommit(() => this.worker.wake());
      return { id, state: 'uploaded', repeated: false };
    }
    const first = await this.imports.findSame(tx, caller, { kind: facts.kind, sha256 });
    // It ended between the two statements: the caller simply sends the file again.
    if (!first) throw new DomainError('SERVICE_UNAVAILABLE');
    return { ...first, repeated: true };
  }
}
