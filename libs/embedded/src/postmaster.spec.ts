import { parsePostmasterFile } from './postmaster';

describe('parsePostmasterFile', () => {
  it('reads the process number and the port', () => {
    const text = '4711\n/data/postgres\n1795342000\n25432\n\n127.0.0.1\n  1234567   0\nready   \n';
    expect(parsePostmasterFile(text)).toEqual({ pid: 4711, port: 25_432 });
  });

  it.each(['', '4711\n', 'no number\n/data\n1\n25432\n', '4711\n/data\n1\n\n'])(
    'refuses an unfinished file: %j',
    (text) => {
      expect(parsePostmasterFile(text)).toBeNull();
    },
  );
});
