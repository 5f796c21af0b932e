import { ROLES, type Role } from './roles';

/**
 * Who may do what: the one policy table of all services. A route names an action; the guard of the owning service lets
 * a caller through who has one of the action's roles. The region (own and below) and the organisation are checked on
 * the rows, in the same service, by the query or the use case itself.
 */
const READERS: readonly Role[] = ROLES.filter((role) => role !== 'peer-system' && role !== 'security-administrator');

export const POLICY = {
  'identity.read-own': ROLES,
  'region.read': READERS,
  'incident.report': ['dispatcher'],
  'incident.read': ['dispatcher', 'approver', 'keeper', 'stock-manager', 'team-manager', 'auditor'],
  'allocation.plan': ['dispatcher'],
  'allocation.read': ['dispatcher', 'approver', 'keeper', 'stock-manager', 'team-manager', 'carrier', 'auditor'],
  'allocation.submit': ['dispatcher'],
  'allocation.approve': ['approver'],
  'allocation.cancel': ['dispatcher', 'approver'],
  'stock.read': READERS,
  'movement.record': ['keeper', 'stock-manager'],
  'catalogue.manage': ['stock-manager', 'system-administrator'],
  'depot.manage': ['stock-manager'],
  'bin.manage': ['keeper', 'stock-manager'],
  'shelter.report': ['keeper', 'stock-manager', 'dispatcher'],
  'kit.build': ['keeper', 'stock-manager'],
  'chain.read': ['auditor', 'stock-manager', 'system-administrator'],
  'receipt.record': ['keeper', 'stock-manager'],
  'issue.confirm': ['keeper'],
  'handout.record': ['keeper', 'dispatcher'],
  'return.record': ['keeper'],
  'difference.settle': ['stock-manager'],
  'movement.reverse': ['stock-manager'],
  'stock.override': ['approver'],
  'standard.set': ['stock-manager'],
  'household.register': ['keeper', 'stock-manager', 'dispatcher'],
  'household.read': ['keeper', 'stock-manager', 'dispatcher', 'approver', 'auditor'],
  'count.open': ['keeper', 'stock-manager'],
  'count.record': ['keeper', 'stock-manager'],
  'count.approve': ['stock-manager', 'approver'],
  'count.cancel': ['stock-manager'],
  'count.configure': ['stock-manager'],
  'approval.read': ['stock-manager', 'approver', 'auditor'],
  'approval-rule.set': ['approver'],
  'purchase.read': ['keeper', 'stock-manager', 'dispatcher', 'approver', 'auditor'],
  'purchase.draft': ['stock-manager'],
  'purchase.approve': ['stock-manager', 'approver'],
  'purchase.receive': ['keeper', 'stock-manager'],
  'supplier.manage': ['stock-manager'],
  'demand-rate.set': ['stock-manager'],
  'rotation.configure': ['stock-manager'],
  'rotation.manage': ['stock-manager'],
  'rotation.work': ['keeper', 'stock-manager'],
  'rotation.decide': ['stock-manager', 'approver'],
  'rotation.share': ['stock-manager'],
  'equipment-test.record': ['keeper', 'stock-manager'],
  'reserve-contract.read': ['keeper', 'stock-manager', 'dispatcher', 'approver', 'auditor'],
  'reserve-contract.manage': ['stock-manager'],
  'reserve-contract.confirm': ['stock-manager', 'keeper', 'dispatcher'],
  'reserve-call.place': ['stock-manager', 'dispatcher'],
  'reserve-call.approve': ['approver'],
  'reserve-call.answer': ['stock-manager', 'keeper', 'dispatcher'],
  'reserve-call.cancel': ['stock-manager', 'dispatcher', 'approver'],
  'reserve-rule.set': ['approver'],
  'import.read': ['keeper', 'stock-manager', 'auditor'],
  'import.prepare': ['keeper', 'stock-manager'],
  'import.commit': ['stock-manager'],
  'donation.read': ['keeper', 'stock-manager', 'approver', 'auditor'],
  'donation.record': ['keeper', 'stock-manager'],
  'donation.approve': ['stock-manager', 'approver'],
  'donation.allocate': ['stock-manager'],
  'donation-purpose.lift': ['approver'],
  'team.read': READERS,
  'call-up.answer': ['team-manager', 'team-member', 'dispatcher'],
  'call-up.stand-down': ['team-manager', 'dispatcher'],
  'vehicle.read': READERS,
  'vehicle.manage': ['carrier', 'dispatcher'],
  'trip.drive': ['driver', 'carrier'],
  'parked-event.read': ['system-administrator', 'auditor'],
  'parked-event.replay': ['system-administrator'],
} as const satisfies Record<string, readonly Role[]>;

export type Action = keyof typeof POLICY;

export function mayDo(roles: readonly Role[], action: Action): boolean {
  const allowed: readonly Role[] = POLICY[action];
  return roles.some((role) => allowed.includes(role));
}
