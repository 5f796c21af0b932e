import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { GENERATED_FOLDERS, type DocumentSet } from './document-set';

/** What differs between a set and the files of a project folder; paths, sorted. */
export interface Difference {
  readonly changed: readonly string[];
  readonly leftOver: readonly string[];
}

/** Compares without writing. */
export function compareDocuments(root: string, documents: DocumentSet): Difference {
  const changed = [...documents].filter(([path, text]) => textOf(join(root, path)) !== text).map(([path]) => path);
  const leftOver = GENERATED_FOLDERS.flatMap((folder) => filesIn(root, folder)).filter((path) => !documents.has(path));
  return { changed: changed.sort(), leftOver: leftOver.sort() };
}

/** Writes what changed and removes what is left over; files that are right are not touched. */
export function writeDocuments(root: string, documents: DocumentSet): Difference {
  const difference = compareDocuments(root, documents);
  for (const path of difference.changed) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), documents.get(path) ?? '');
  }
  for (const path of difference.leftOver) rmSync(join(root, path));
  return difference;
}

const textOf = (file: string): string | undefined => (existsSync(file) ? readFileSync(file, 'utf8') : undefined);

const filesIn = (root: string, folder: string): string[] =>
  existsSync(join(root, folder)) ? readdirSync(join(root, folder)).map((name) => `${folder}/${name}`) : [];
