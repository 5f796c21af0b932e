import { standardCodeFaults } from './standard-codes';

/** Made up to have the form, or not; they name nothing in the standard. */
const row = (code: string) => ({ code, nameZh: '测试' });

describe('codes of the national standard', () => {
  it.each(['1010101', '2999999', '3100120'])('%s has the form', (code) => {
    expect(standardCodeFaults([row(code)])).toEqual([]);
  });

  it.each(['', '4010101', '0010101', '101010', '10101010', '1000101', '1010100', '１010101', '1 01010'])(
    '%j has not',
    (code) => expect(standardCodeFaults([row(code)]).map(({ pointer }) => pointer)).toEqual(['/rows/0/code']),
  );

  it('come once in an import', () => {
    expect(standardCodeFaults([row('1010101'), row('1010102'), row('1010101')])).toEqual([
      { pointer: '/rows/2/code', reason: 'came before in this import' },
    ]);
  });
});
