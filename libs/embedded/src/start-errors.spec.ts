import { StartError, explainFileError, portInUse, saysDiskFull } from './start-errors';

function fileError(code: string): Error {
  return Object.assign(new Error(`${code}: something with /data`), { code });
}

describe('start errors', () => {
  it('are always one line', () => {
    expect(new StartError('DATABASE_FAILED', 'PostgreSQL said:\n  FATAL: no\n').message).not.toContain('\n');
  });

  it('end the program with 3 for a port in use, 130 after an interruption, 1 otherwise', () => {
    const codeOf = (code: StartError['code']): number => new StartError(code, '').exitCode;
    expect([codeOf('PORT_IN_USE'), codeOf('INTERRUPTED'), codeOf('DISK_FULL')]).toEqual([3, 130, 1]);
  });

  it('name the port and how to choose another', () => {
    expect(portInUse('127.0.0.1', 3000).message).toMatch(/Port 3000 on 127\.0\.0\.1 .*PORT=3001 npm start/);
  });

  it.each([
    ['ENOSPC', 'DISK_FULL'],
    ['EDQUOT', 'DISK_FULL'],
    ['EACCES', 'DATA_FOLDER_NOT_WRITABLE'],
    ['EPERM', 'DATA_FOLDER_NOT_WRITABLE'],
    ['EROFS', 'DATA_FOLDER_NOT_WRITABLE'],
    ['ENOENT', 'DATA_FOLDER_NOT_WRITABLE'],
    ['ENOTDIR', 'DATA_FOLDER_NOT_WRITABLE'],
    ['EEXIST', 'DATA_FOLDER_NOT_WRITABLE'],
  ])('explain the file error %s as %s and name the path', (code, expected) => {
    const explained = explainFileError(fileError(code), '/data');
    expect(explained).toMatchObject({ name: 'StartError', code: expected, message: expect.stringContaining('/data') });
  });

  it('leave errors alone that say nothing about the folder', () => {
    const error = fileError('EMFILE');
    expect(explainFileError(error, '/data')).toBe(error);
  });

  it.each([
    'initdb: error: could not write to file "x": No space left on device',
    'ENOSPC: no space left on device, write',
    'PANIC:  could not write to file "pg_wal/xlogtemp.12": No space left on device',
    'could not extend file "base/5/1249": Disk quota exceeded',
  ])('recognise a full disk: %s', (output) => {
    expect(saysDiskFull(output)).toBe(true);
  });

  it('do not take other complaints for a full disk', () => {
    expect(saysDiskFull('FATAL: could not open file "x": Permission denied')).toBe(false);
  });
});
