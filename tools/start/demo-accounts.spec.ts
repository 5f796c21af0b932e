import { parseDemoAccounts } from './demo-accounts';

describe('parseDemoAccounts', () => {
  it('takes what a person needs to sign in, whatever stands between', () => {
    const text =
      '\uFEFFid,username,display_name_en,roles,region_code,synthetic\n' +
      '1,keeper.hequ,"Keeper, Hequ county (demonstration)",keeper;driver,140930,y\n\n';
    expect(parseDemoAccounts(text)).toEqual([
      { username: 'keeper.hequ', roles: 'keeper;driver', regionCode: '140930' },
    ]);
  });
});
