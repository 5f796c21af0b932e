import { sharePercentOf, sharesOn } from './standard-share';
import { aShare } from './testing/builders';

const tents = { regionCode: '140930', itemCode: 'LRS-015', category: 'living_relief' };

describe('the share of a standard that contracts may cover', () => {
  it('is nothing as long as nobody has allowed any', () => {
    expect(sharePercentOf([], 'agreement', tents)).toBe(0);
    expect(sharePercentOf([aShare({ mode: 'capacity' })], 'agreement', tents)).toBe(0);
    expect(sharePercentOf([aShare({ regionCode: '1408' })], 'agreement', tents)).toBe(0);
    expect(sharePercentOf([aShare({ itemCode: 'LIV-002' })], 'agreement', tents)).toBe(0);
  });

  it('of the item goes before that of its category, and that before the general one', () => {
    const general = aShare({ sharePercent: 40 });
    const category = aShare({ sharePercent: 50, category: 'living_relief' });
    const item = aShare({ sharePercent: 60, itemCode: 'LRS-015' });
    expect(sharePercentOf([general], 'agreement', tents)).toBe(40);
    expect(sharePercentOf([general, category], 'agreement', tents)).toBe(50);
    expect(sharePercentOf([item, general, category], 'agreement', tents)).toBe(60);
  });

  it('can be lowered by a county, not raised beyond what the province allows', () => {
    const province = aShare({ sharePercent: 40 });
    expect(sharePercentOf([province, aShare({ regionCode: '140930', sharePercent: 10 })], 'agreement', tents)).toBe(10);
    expect(sharePercentOf([province, aShare({ regionCode: '140930', sharePercent: 90 })], 'agreement', tents)).toBe(40);
  });

  it('is dated: the latest that has begun holds, until its last day', () => {
    const first = aShare({ sharePercent: 40 });
    const second = aShare({ sharePercent: 30, validFrom: '2026-07-01', validTo: '2026-07-31' });
    expect(sharesOn([first, second], '2026-06-30')).toEqual([first]);
    expect(sharesOn([first, second], '2026-07-01')).toEqual([second]);
    expect(sharesOn([first, second], '2026-08-01')).toEqual([]);
  });
});
