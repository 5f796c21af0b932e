import fc from 'fast-check';
import {
  codeLengthBelow,
  codeLengthOf,
  isRegionCode,
  lineageOf,
  parentRegionOf,
  regionCovers,
  tierOf,
  tiersApart,
} from './regions';

const LENGTHS = [2, 4, 6, 9, 12];
const VILLAGE = '140930101200';
const NO_CODES = ['', '1', '140', '14093', '1409301', '14093010120', '1409301012001', '14o930', ' 14', '14%', '１４'];

const digits = (length: number): fc.Arbitrary<string> =>
  fc.array(fc.integer({ min: 0, max: 9 }), { minLength: length, maxLength: length }).map((parts) => parts.join(''));
const villages = digits(12);
const codes = fc.constantFrom(...LENGTHS).chain(digits);
const odd = fc.oneof(fc.constantFrom(...NO_CODES), fc.string()).filter((text) => !isRegionCode(text));

describe('a region code', () => {
  it.each([
    ['14', 'province'],
    ['1409', 'city'],
    ['140930', 'county'],
    ['140930101', 'township'],
    [VILLAGE, 'village'],
  ])('%s is a %s', (code, tier) => {
    expect(tierOf(code)).toBe(tier);
  });

  it.each(NO_CODES)('is not "%s"', (text) => {
    expect([isRegionCode(text), tierOf(text), parentRegionOf(text), lineageOf(text)]).toEqual([
      false,
      undefined,
      undefined,
      [],
    ]);
  });

  it('has its parents in the leading digits, up to the province', () => {
    expect(lineageOf(VILLAGE)).toEqual([VILLAGE, '140930101', '140930', '1409', '14']);
    expect(parentRegionOf('14')).toBeUndefined();
    fc.assert(
      fc.property(codes, (code) => {
        const [, parent] = lineageOf(code);
        expect(parentRegionOf(code)).toBe(parent);
      }),
    );
  });
});

describe('a scope', () => {
  it('covers itself and what lies below it, nothing beside and nothing above', () => {
    fc.assert(
      fc.property(villages, fc.constantFrom(...LENGTHS), codes, (village, length, other) => {
        const scope = village.slice(0, length);
        expect(lineageOf(village).every((above) => regionCovers(above, village))).toBe(true);
        expect(regionCovers(scope, other)).toBe(other.startsWith(scope));
        if (length > 2) expect(regionCovers(scope, village.slice(0, 2))).toBe(false);
      }),
    );
  });

  it('that is no region code covers nothing, and nothing covers what is none', () => {
    fc.assert(
      fc.property(odd, codes, (text, code) => {
        expect([regionCovers(text, code), regionCovers(code, text), regionCovers(text, text)]).toEqual([
          false,
          false,
          false,
        ]);
      }),
    );
  });

  it('of one county does not cover another whose code begins with the same digits', () => {
    expect(regionCovers('1409', '140930')).toBe(true);
    expect(regionCovers('140930', '140931')).toBe(false);
    expect(regionCovers('14093', '140930')).toBe(false);
  });
});

describe('tiersApart', () => {
  it.each([
    ['the village itself', VILLAGE, 0],
    ['its township', '140930101', 0],
    ['its county', '140930', 0],
    ['a neighbour village', '140930101201', 1],
    ['a village of another township', '140930102200', 2],
    ['another township of the county', '140930102', 1],
    ['the neighbour county', '140931', 1],
    ['another city', '1410', 1],
    ['a county of another province', '610822', 5],
    ['another province', '61', 5],
    ['a text that is no code', '14093', 5],
  ])('from %s', (_what, from, tiers) => {
    expect(tiersApart(from, VILLAGE)).toBe(tiers);
  });

  it('is the number of steps after which the place is covered, and 5 when none is enough', () => {
    fc.assert(
      fc.property(codes, codes, (from, to) => {
        const tiers = tiersApart(from, to);
        const lineage = lineageOf(from);
        expect(lineage.slice(0, tiers).some((above) => regionCovers(above, to))).toBe(false);
        expect(tiers === 5 || regionCovers(lineage[tiers], to)).toBe(true);
      }),
    );
  });
});

it('each tier has codes of its length, and the one below longer ones', () => {
  expect((['province', 'city', 'county', 'township', 'village'] as const).map(codeLengthOf)).toEqual([2, 4, 6, 9, 12]);
  expect(['14', '1409', '140930', '140930100', '140930100001'].map(codeLengthBelow)).toEqual([4, 6, 9, 12, 12]);
});
