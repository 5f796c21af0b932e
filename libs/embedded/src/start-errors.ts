/** Why the embedded stack could not start or had to stop. Each value has one clear line for the person at the terminal. */
export type StartErrorCode =
  | 'PORT_IN_USE'
  | 'DISK_FULL'
  | 'DATA_FOLDER_HALF_INITIALISED'
  | 'DATA_FOLDER_IN_USE'
  | 'DATA_FOLDER_NOT_WRITABLE'
  | 'DATA_FOLDER_OTHER_VERSION'
  | 'SECRETS_UNUSABLE'
  | 'PLATFORM_PACKAGE_MISSING'
  | 'NO_UNPRIVILEGED_ACCOUNT'
  | 'NOT_BUILT'
  | 'DATABASE_FAILED'
  | 'SERVICE_FAILED'
  | 'INTERRUPTED';

/** Exit code of a program that ends with this error: 3 for a port in use (as the services do), 130 after Ctrl-C, else 1. */
const EXIT_CODES: Partial<Record<StartErrorCode, number>> = { PORT_IN_USE: 3, INTERRUPTED: 130 };

/** A reason not to start, told in one line: what is wrong, where, and what to do. Never shown with a stack trace. */
export class StartError extends Error {
  readonly code: StartErrorCode;

  /** @param line  one sentence or two, without a line break; it is all that the person at the terminal sees */
  constructor(code: StartErrorCode, line: string, options?: ErrorOptions) {
    super(line.replace(/\s*\n\s*/g, ' '), options);
    this.name = 'StartError';
    this.code = code;
  }

  get exitCode(): number {
    return EXIT_CODES[this.code] ?? 1;
  }
}

const DISK_FULL_WORDS = /ENOSPC|EDQUOT|No space left on device|Disk quota exceeded/i;

/** True when the output of a program (or an error's text) says that the disk or the quota is used up. */
export function saysDiskFull(output: string): boolean {
  return DISK_FULL_WORDS.test(output);
}

export function diskFull(folder: string): StartError {
  return new StartError(
    'DISK_FULL',
    `The disk that holds ${folder} is full. Make room and start again; no data is lost.`,
  );
}

export function portInUse(host: string, port: number): StartError {
  return new StartError(
    'PORT_IN_USE',
    `Port ${port} on ${host} is in use by another program. Stop that program or choose another port: PORT=${port + 1} npm start`,
  );
}

/**
 * Turns an error of a file operation on `path` into one clear line.
 * Errors that say nothing about the folder itself come back unchanged: they are faults of this program.
 */
export function explainFileError(error: unknown, path: string): unknown {
  const code = (error as NodeJS.ErrnoException | null)?.code;
  if (code === 'ENOSPC' || code === 'EDQUOT') return diskFull(path);
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS' || code === 'ENOENT') {
    return new StartError(
      'DATA_FOLDER_NOT_WRITABLE',
      `No access to ${path} (${code}): it has to be readable and writable for this user. Choose another folder with --data-dir.`,
    );
  }
  if (code === 'ENOTDIR' || code === 'EEXIST') {
    return new StartError('DATA_FOLDER_NOT_WRITABLE', `${path} is not a folder. Choose another one with --data-dir.`);
  }
  return error;
}
