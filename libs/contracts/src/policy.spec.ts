import fc from 'fast-check';
import { POLICY, type Action, mayDo } from './policy';
import { ROLES, type Role } from './roles';

const actions = Object.keys(POLICY) as Action[];
const allowedFor = (action: Action): readonly Role[] => POLICY[action];
const actionsOf = (role: Role): Action[] => actions.filter((action) => mayDo([role], action));
const someRoles = fc.subarray([...ROLES]);

describe('the policy', () => {
  it.each(actions)('names known roles for %s, each once', (action) => {
    const allowed = allowedFor(action);
    expect(allowed.length).toBeGreaterThan(0);
    expect(allowed.filter((role) => !ROLES.includes(role))).toEqual([]);
    expect(new Set(allowed).size).toBe(allowed.length);
  });

  it('gives nobody anything without a role', () => {
    for (const action of actions) expect(mayDo([], action)).toBe(false);
  });

  it('gives several roles what each of them may do, and no more', () => {
    fc.assert(
      fc.property(someRoles, fc.constantFrom(...actions), (roles, action) => {
        expect(mayDo(roles, action)).toBe(roles.some((role) => actionsOf(role).includes(action)));
      }),
    );
  });

  it('lets auditors look at everything and change nothing', () => {
    const changing = actions.filter((action) => !/\.read(-own)?$/.test(action));
    expect(actionsOf('auditor').filter((action) => changing.includes(action))).toEqual([]);
    expect(actionsOf('auditor')).toEqual(actions.filter((action) => !changing.includes(action)));
  });

  it('keeps asking, approving and giving out in different hands', () => {
    for (const [one, other] of [
      ['allocation.submit', 'allocation.approve'],
      ['allocation.approve', 'issue.confirm'],
      ['issue.confirm', 'difference.settle'],
      ['allocation.submit', 'issue.confirm'],
    ] as const) {
      expect(allowedFor(one).filter((role) => allowedFor(other).includes(role))).toEqual([]);
    }
  });

  it('gives peer systems and security administrators nothing but their own account so far', () => {
    expect([actionsOf('peer-system'), actionsOf('security-administrator')]).toEqual([
      ['identity.read-own'],
      ['identity.read-own'],
    ]);
  });
});
