import { randomBytes } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { StartError, explainFileError } from './start-errors';

/** Passwords of the database roles by role name, made at random on first use. */
export type Passwords = Readonly<Record<string, string>>;

const FILE_NAME = 'secrets.json';
const PASSWORD_BYTES = 24;

export function secretsFileOf(dataDir: string): string {
  return join(dataDir, FILE_NAME);
}

/**
 * Reads the passwords of a data folder, or null when it has none yet.
 * @throws StartError SECRETS_UNUSABLE when the file is there but cannot be used
 */
export async function readPasswords(dataDir: string): Promise<Passwords | null> {
  const path = secretsFileOf(dataDir);
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw explainFileError(error, path);
  }
  const passwords = parsePasswords(text);
  if (passwords !== null) return passwords;
  throw new StartError(
    'SECRETS_UNUSABLE',
    `${path} is damaged: the database passwords in it cannot be read. Restore the file.`,
  );
}

/** Makes a password for every role that has none and stores them, readable by the owner of the file alone (mode 0600). */
export async function completePasswords(
  dataDir: string,
  known: Passwords | null,
  roles: readonly string[],
): Promise<Passwords> {
  const missing = roles.filter((role) => known?.[role] === undefined);
  if (known !== null && missing.length === 0) return known;
  const fresh = missing.map((role) => [role, randomBytes(PASSWORD_BYTES).toString('base64url')]);
  const passwords: Passwords = { ...known, ...Object.fromEntries(fresh) };
  const path = secretsFileOf(dataDir);
  try {
    await writeFile(`${path}.new`, `${JSON.stringify(passwords, null, 2)}\n`, { mode: 0o600 });
    await rename(`${path}.new`, path);
  } catch (error) {
    throw explainFileError(error, path);
  }
  return passwords;
}

function parsePasswords(text: string): Passwords | null {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null) return null;
    return Object.values(value).every((entry) => typeof entry === 'string') ? (value as Passwords) : null;
  } catch {
    return null;
  }
}
