import { ItemNames } from './item-names';

const ITEMS = [
  { code: 'LRS-015', names: ['帐篷', 'tent'] },
  { code: 'LIV-002', names: ['大米', 'rice'] },
];
const names = (decisions: [string, string | null][] = []) => new ItemNames(ITEMS, new Map(decisions));

it('a code of ours needs no name', () => {
  const known = names();
  expect(known.find('lrs-015', '随便')).toEqual({ code: 'LRS-015' });
  expect(known.count).toBe(0);
});

it('a name is matched once and its rows are counted', () => {
  const known = names();
  for (const text of ['帐篷', ' 帐 篷', '帐篷']) expect(known.find('', text)).toEqual({ code: 'LRS-015' });
  expect(known.find('', '救灾帐篷')).toBe('item-undecided');
  expect(known.entries()).toMatchObject([
    { number: 1, name: '帐篷', rows: 3, basis: 'certain', itemCode: 'LRS-015' },
    { number: 2, name: '救灾帐篷', rows: 1, basis: 'unsure', itemCode: null, candidates: [{ code: 'LRS-015' }] },
  ]);
});

it('what somebody decided counts, also against what the name looks like', () => {
  const known = names([
    ['救灾帐篷', 'LRS-015'],
    ['大米', null],
  ]);
  expect(known.find('', '救灾帐篷')).toEqual({ code: 'LRS-015' });
  expect(known.find('', '大米')).toBe('item-left-out');
  expect(known.entries().map(({ basis }) => basis)).toEqual(['remembered', 'remembered']);
});

it('a code of the department’s own is a name where there is no better one', () => {
  const known = names([['wz001', 'LRS-015']]);
  expect(known.find('WZ-001', '')).toEqual({ code: 'LRS-015' });
  expect(known.find('WZ-002', '大米')).toEqual({ code: 'LIV-002' });
  expect(known.find('WZ-003', '')).toBe('item-undecided');
});
