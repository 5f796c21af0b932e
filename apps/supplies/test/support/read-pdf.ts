import { inflateSync } from 'node:zlib';

/** The text of a PDF, page by page, as a reader program finds it: by the font's own table from glyphs to characters. */
export function readPdf(file: Buffer): { readonly pages: string[]; readonly texts: string[] } {
  const objects = objectsOf(file);
  const characters = new Map<string, string>();
  for (const { stream } of objects) readCharacterMap(stream, characters);
  const contents = objects.map(({ stream }) => stream).filter((stream) => /\bBT\b/.test(stream));
  const pages = contents.map((content) => textsOf(content, characters));
  return { pages: pages.map((texts) => texts.join('\n')), texts: pages.flat() };
}

interface PdfObject {
  readonly stream: string;
}

/** Every stream of the file, inflated where it is deflated; streams of pages come in the order of the pages. */
function objectsOf(file: Buffer): PdfObject[] {
  const text = file.toString('latin1');
  const objects: PdfObject[] = [];
  for (const match of text.matchAll(/\d+ 0 obj\n(<<[\s\S]*?>>)\nstream\n/g)) {
    const length = Number(/\/Length (\d+)/.exec(match[1])?.[1]);
    const start = match.index + match[0].length;
    const bytes = file.subarray(start, start + length);
    const stream = match[1].includes('/FlateDecode') ? inflateSync(bytes) : bytes;
    objects.push({ stream: stream.toString('latin1') });
  }
  return objects;
}

/** `<0000> <00ff> [<0020> <4f60> …]`: the characters from glyph 0000 on. */
function readCharacterMap(stream: string, characters: Map<string, string>): void {
  for (const [, block] of stream.matchAll(/beginbfrange\n([\s\S]*?)endbfrange/g)) {
    for (const [, first, list] of block.matchAll(/<([0-9a-f]{4})> <[0-9a-f]{4}> \[([^\]]*)\]/g)) {
      [...list.matchAll(/<([0-9a-f ]+)>/g)].forEach(([, units], index) => {
        const glyph = (parseInt(first, 16) + index).toString(16).padStart(4, '0');
        characters.set(glyph, Buffer.from(units.replaceAll(' ', ''), 'hex').swap16().toString('utf16le'));
      });
    }
  }
}

/** One text for every line that was written. */
function textsOf(content: string, characters: ReadonlyMap<string, string>): string[] {
  return [...content.matchAll(/\[([^\]]*)\] TJ/g)].map(([, parts]) =>
    [...parts.matchAll(/<([0-9a-f]*)>/g)]
      .flatMap(([, glyphs]) => glyphs.match(/.{4}/g) ?? [])
      .map((glyph) => characters.get(glyph) ?? '\ufffd')
      .join(''),
  );
}
