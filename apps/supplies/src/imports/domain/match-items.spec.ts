import { ItemMatcher } from './match-items';

const matcher = new ItemMatcher([
  { code: 'LRS-001', names: ['棉大衣', 'cotton-padded overcoat'] },
  { code: 'LRS-002', names: ['毛毯', 'wool blanket'] },
  { code: 'LRS-015', names: ['12㎡单帐篷', 'single-layer tent 12 m2'] },
  { code: 'LRS-016', names: ['36㎡单帐篷', 'single-layer tent 36 m2'] },
  { code: 'LRS-020', names: ['棉帐篷', 'cotton tent'] },
  { code: 'LIV-002', names: ['大米', 'rice'] },
  { code: 'FLD-001', names: ['编织袋', 'woven bag'] },
  { code: 'FLD-002', names: ['编织袋', 'woven bag, large'] },
]);

const best = (text: string) => matcher.match(text).candidates[0];

it('the own code is certain, however it is written', () => {
  for (const text of ['LRS-015', 'lrs-015', ' ＬＲＳ-０１５ ']) {
    expect(matcher.match(text)).toEqual({ certain: 'LRS-015', candidates: [{ code: 'LRS-015', confidence: 1 }] });
  }
});

it.each([
  ['棉大衣', 'LRS-001'],
  [' 棉 大衣 ', 'LRS-001'],
  ['Cotton Padded Overcoat', 'LRS-001'],
  ['cotton-padded overcoats', 'LRS-001'],
  ['12m²单帐篷', 'LRS-015'],
])('%s is certain to be %s', (text, code) => {
  expect(matcher.match(text).certain).toBe(code);
});

it.each([
  ['棉大衣（男）', 'LRS-001'],
  ['单帐篷(12㎡)', 'LRS-015'],
  ['东北大米', 'LIV-002'],
  ['羊毛毛毯', 'LRS-002'],
  ['woolen blankets', 'LRS-002'],
])('%s is probably %s, but a person has to say so', (text, code) => {
  const { certain, candidates } = matcher.match(text);
  expect(certain).toBeNull();
  expect(candidates[0].code).toBe(code);
  expect(candidates[0].confidence).toBeLessThan(0.98);
});

it('another size is another thing, alike as the names may be', () => {
  expect(matcher.match('single-layer tent 20 m2').certain).toBeNull();
  expect(best('single-layer tent 20 m2').confidence).toBeLessThanOrEqual(0.8);
});

it('a name that two items have is for a person', () => {
  const { certain, candidates } = matcher.match('编织袋');
  expect(certain).toBeNull();
  expect(candidates.slice(0, 2).map(({ code }) => code)).toEqual(['FLD-001', 'FLD-002']);
});

it.each(['', '  ', '——', '压缩饼干', 'ZZZ-999'])('nothing is made up for "%s"', (text) => {
  expect(matcher.match(text)).toMatchObject({ certain: null });
});

it('the more of a name is the same, the higher the confidence', () => {
  expect(best('棉大衣').confidence).toBeGreaterThan(best('棉大衣男').confidence);
  expect(best('棉大衣男').confidence).toBeGreaterThan(best('男式加厚棉大衣').confidence);
});

it('names without end are looked at no longer than they deserve', () => {
  expect(matcher.match('帐篷'.repeat(5_000)).certain).toBeNull();
});
