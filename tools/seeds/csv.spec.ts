import { fromCsv, tableOf, toCsv } from './csv';

describe('toCsv', () => {
  it('quotes only the cells that need it', () => {
    const table = tableOf('any.csv', ['a', 'b'], [{ a: 'plain', b: 'with, comma' }]);
    expect(toCsv(table)).toBe('a,b\nplain,"with, comma"\n');
  });

  it('writes what fromCsv reads back', () => {
    const rows = [
      { a: 'says "no"', b: '两\n行' },
      { a: '', b: '1,5' },
    ];
    expect(fromCsv(toCsv(tableOf('any.csv', ['a', 'b'], rows)))).toEqual(rows);
  });
});

describe('fromCsv', () => {
  it('refuses a line with a cell too many', () => {
    expect(() => fromCsv('a,b\n1,2,3\n')).toThrow(/Invalid Record Length/);
  });
});
