import { ROLES, type Role } from '@ledger/contracts';
import { assertKeepsCatalogue } from './catalogue-keeper';

const keeps = (roles: readonly Role[], regionCode: string): boolean => {
  try {
    assertKeepsCatalogue({ roles, regionCode });
    return true;
  } catch {
    return false;
  }
};

describe('the catalogue', () => {
  it.each([
    ['14', true],
    ['1409', true],
    ['140930', false],
    ['140930101', false],
    ['140930101200', false],
    ['', false],
  ])('is kept by stock managers of %s: %s', (regionCode, expected) => {
    expect(keeps(['stock-manager'], regionCode)).toBe(expected);
  });

  it('is kept by system administrators of any region, and by nobody else', () => {
    const others = ROLES.filter((role) => role !== 'system-administrator' && role !== 'stock-manager');
    expect(keeps(['system-administrator'], '140930')).toBe(true);
    expect(others.filter((role) => keeps([role], '14'))).toEqual([]);
  });
});
