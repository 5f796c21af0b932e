import type { Role } from '@ledger/contracts';
import { tableOf, type Table } from './csv';
import { stableId } from './stable-id';

export interface DemonstrationUser {
  readonly username: string;
  readonly nameZh: string;
  readonly nameEn: string;
  readonly roles: readonly Role[];
  readonly regionCode: string;
  readonly organisationCode: string;
}

/** Drives most vehicles of the county, so that one account can play every trip of the demonstration. */
export const DEMONSTRATION_DRIVER = 'driver.hequ';

/** `[username, Chinese duty, English duty, role, organisation]`; the region is the organisation's. */
const ACCOUNTS: readonly (readonly [string, string, string, Role, string])[] = [
  ['keeper.hequ', '河曲县库保管员', 'Keeper, Hequ county', 'keeper', '140930-emergency'],
  ['keeper.xikou', '西口镇储备点保管员', 'Keeper, Xikou town', 'keeper', '140930100-government'],
  ['stock.hequ', '河曲县物资管理员', 'Stock manager, Hequ county', 'stock-manager', '140930-emergency'],
  ['dispatcher.hequ', '河曲县调度员', 'Dispatcher, Hequ county', 'dispatcher', '140930-emergency'],
  ['approver.hequ', '河曲县审批人', 'Approver, Hequ county', 'approver', '140930-emergency'],
  ['approver.xinzhou', '忻州市审批人', 'Approver, Xinzhou city', 'approver', '1409-emergency'],
  [DEMONSTRATION_DRIVER, '河曲县驾驶员', 'Driver, Hequ county', 'driver', '140930-emergency'],
  ['carrier.hequ', '河曲县承运人', 'Carrier, Hequ county', 'carrier', '140930-enterprise-2'],
  ['teams.hequ', '河曲县队伍管理员', 'Team manager, Hequ county', 'team-manager', '140930-emergency'],
  ['member.hequ', '河曲县队员', 'Team member, Hequ county', 'team-member', '140930-emergency'],
  ['auditor.xinzhou', '忻州市审计员', 'Auditor, Xinzhou city', 'auditor', '1409-emergency'],
  ['security.xinzhou', '忻州市安全管理员', 'Security administrator', 'security-administrator', '1409-emergency'],
  ['system.xinzhou', '忻州市系统管理员', 'System administrator', 'system-administrator', '1409-emergency'],
  ['keeper.xinzhou', '忻州市库保管员', 'Keeper, Xinzhou city', 'keeper', '1409-emergency'],
  ['dispatcher.fugu', '府谷县调度员', 'Dispatcher, Fugu county', 'dispatcher', '610822-emergency'],
  ['keeper.fugu', '府谷县库保管员', 'Keeper, Fugu county', 'keeper', '610822-emergency'],
  ['stores.trading', '河曲商贸公司保管员', 'Keeper, Hequ trading company', 'keeper', '140930-enterprise-9'],
  ['peer.fugu', '府谷县对接系统', 'Peer system, Fugu county', 'peer-system', '610822-emergency'],
];

export function demonstrationUsers(): DemonstrationUser[] {
  return ACCOUNTS.map(([username, nameZh, nameEn, role, organisationCode]) => ({
    username,
    nameZh: `${nameZh}（演示）`,
    nameEn: `${nameEn} (demonstration)`,
    roles: [role],
    regionCode: organisationCode.split('-')[0],
    organisationCode,
  }));
}

/** Accounts without passwords: the demo profile gives all of them the published demonstration password. */
export function userTable(users: readonly DemonstrationUser[]): Table {
  return tableOf(
    'gateway/users.csv',
    ['id', 'username', 'display_name_zh', 'display_name_en', 'roles', 'region_code', 'organisation_code', 'synthetic'],
    users.map((user) => ({
      id: stableId('user', user.username),
      username: user.username,
      display_name_zh: user.nameZh,
      display_name_en: user.nameEn,
      roles: user.roles.join(';'),
      region_code: user.regionCode,
      organisation_code: user.organisationCode,
      synthetic: 'y',
    })),
  );
}
