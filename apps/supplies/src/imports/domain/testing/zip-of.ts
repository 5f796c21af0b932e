import { crc32, deflateRawSync } from 'node:zlib';

interface FileInZip {
  readonly name: string;
  readonly content: Buffer;
  /** What the archive says of the size, where that differs from the truth. */
  readonly announcedBytes?: number;
  /** Breaks the checksum. */
  readonly corrupt?: boolean;
  readonly flags?: number;
  readonly method?: number;
}

/** A zip archive as the tests need it, also one that lies. */
export function zipOf(files: readonly FileInZip[], comment = ''): Buffer {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const file of files) {
    const name = Buffer.from(file.name);
    const packed = deflateRawSync(file.content);
    const facts = Buffer.alloc(26);
    facts.writeUInt16LE(20, 0);
    facts.writeUInt16LE(file.flags ?? 0, 2);
    facts.writeUInt16LE(file.method ?? 8, 4);
    facts.writeUInt32LE((crc32(file.content) ^ (file.corrupt ? 1 : 0)) >>> 0, 10);
    facts.writeUInt32LE(packed.length, 14);
    facts.writeUInt32LE(file.announcedBytes ?? file.content.length, 18);
    facts.writeUInt16LE(name.length, 22);
    const local = Buffer.concat([Buffer.from('PK\u0003\u0004', 'latin1'), facts, name, packed]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    directory.push(Buffer.concat([Buffer.from('PK\u0001\u0002\u0014\u0000', 'latin1'), facts, tail, name]));
    locals.push(local);
    offset += local.length;
  }
  const index = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\u0005\u0006', 'latin1');
  end.writeUInt16LE(files.length, 8);
  end.writeUInt16LE(files.length, 10);
  end.writeUInt32LE(index.length, 12);
  end.writeUInt32LE(offset, 16);
  end.writeUInt16LE(Buffer.byteLength(comment), 20);
  return Buffer.concat([...locals, index, end, Buffer.from(comment)]);
}
