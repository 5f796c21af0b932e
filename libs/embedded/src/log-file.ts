import { closeSync, mkdirSync, openSync, readSync, renameSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { explainFileError } from './start-errors';

const ROTATE_BYTES = 10 * 1024 * 1024;
const TAIL_BYTES = 16 * 1024;

/** A log file opened for appending. `tail()` reads what was added since it was opened, the last 16 kB at most. */
export interface LogFile {
  readonly path: string;
  readonly descriptor: number;
  tail(): string;
  append(text: string): void;
  close(): void;
}

/** The folder for logs inside a data folder; made when missing, readable by its owner alone. */
export function makeLogFolder(dataDir: string): string {
  const folder = join(dataDir, 'logs');
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw explainFileError(error, folder);
  }
  return folder;
}

/** Opens `<folder>/<name>.log`. A file over 10 MB becomes `<name>.log.1` first, replacing the one before. */
export function openLog(folder: string, name: string): LogFile {
  const path = join(folder, `${name}.log`);
  try {
    if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) > ROTATE_BYTES) renameSync(path, `${path}.1`);
    const descriptor = openSync(path, 'a', 0o600);
    const start = statSync(path).size;
    return {
      path,
      descriptor,
      tail: () => readFrom(path, start),
      append: (text) => void writeSync(descriptor, text),
      close: () => closeSync(descriptor),
    };
  } catch (error) {
    throw explainFileError(error, path);
  }
}

function readFrom(path: string, start: number): string {
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  const from = Math.max(start, size - TAIL_BYTES);
  const buffer = Buffer.alloc(Math.max(0, size - from));
  const descriptor = openSync(path, 'r');
  try {
    return buffer.toString('utf8', 0, readSync(descriptor, buffer, 0, buffer.length, from));
  } finally {
    closeSync(descriptor);
  }
}

/**
 * The last thing a program said, for one line at the terminal: the message of the last JSON log line, or the last
 * line of plain text that does not belong to a stack trace; empty when it said nothing.
 */
export function lastMessage(output: string): string {
  const line = output.split('\n').filter(isMessage).at(-1)?.trim() ?? '';
  try {
    const { msg, err } = JSON.parse(line) as { msg?: string; err?: { message?: string } };
    return err?.message ?? msg ?? line;
  } catch {
    return line;
  }
}

/** The lines of a trace and the properties of an error are indented; Node closes with its version. */
function isMessage(line: string): boolean {
  return /^[^\s}]/.test(line) && !line.startsWith('Node.js v');
}
