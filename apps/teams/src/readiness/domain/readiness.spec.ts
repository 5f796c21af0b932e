import fc from 'fast-check';
import { assess, isWorse, ruleInForce, type Evidence, type Facts, type Member, type Rule } from './readiness';

const NOW = new Date('2026-07-01T04:00:00Z');
const RULE: Rule = {
  typeCode: null,
  regionCode: null,
  validFrom: '2026-01-01',
  readyPercent: 80,
  limitedPercent: 50,
  needs: [{ kindCode: 'flood-training', kindName: '防汛培训', holders: null, lowersTo: 'limited' }],
};
const aPaper = (overrides: Partial<Evidence> = {}): Evidence => ({
  kindCode: 'flood-training',
  family: 'training',
  passed: true,
  beginsOn: '2026-01-01',
  validUntil: '2026-12-31',
  ...overrides,
});
const aMember = (personId: string, overrides: Partial<Member> = {}): Member => ({
  personId,
  evidence: [aPaper()],
  rests: [],
  ...overrides,
});
const FIVE = ['a', 'b', 'c', 'd', 'e'];
const facts = (overrides: Partial<Facts> = {}): Facts => ({
  state: 'active',
  strength: 5,
  members: FIVE.map((id) => aMember(id)),
  rules: [RULE],
  overrides: [],
  ...overrides,
});
const withFirst = (overrides: Partial<Member>): Facts =>
  facts({ members: FIVE.map((id, index) => aMember(id, index === 0 ? overrides : {})) });
const rest = (from: string, until: string) => ({ from: new Date(from), until: new Date(until) });

it('is ready when everybody is there with valid papers; the next change is the day after the last one', () => {
  expect(assess(facts(), NOW)).toEqual({
    level: 'ready',
    computedLevel: 'ready',
    reasons: [],
    nextChangeAt: new Date('2026-12-31T16:00:00Z'),
  });
});

it('is lowered by one lapsed compulsory paper, from the first instant of the next day in China', () => {
  const lapsing = withFirst({ evidence: [aPaper({ validUntil: '2026-06-30' })] });
  expect(assess(lapsing, new Date('2026-06-30T15:59:59.999Z')).level).toBe('ready');
  expect(assess(lapsing, new Date('2026-06-30T15:59:59.999Z')).nextChangeAt).toEqual(new Date('2026-06-30T16:00:00Z'));
  expect(assess(lapsing, new Date('2026-06-30T16:00:00Z'))).toMatchObject({
    level: 'limited',
    reasons: [{ code: 'evidence:flood-training', detail: '1 of 5 people have no valid 防汛培训', personIds: ['a'] }],
  });
});

it.each<[string, Partial<Evidence>]>([
  ['failed', { passed: false }],
  ['not begun', { beginsOn: '2026-07-02' }],
  ['of another kind', { kindCode: 'first-aid' }],
])('does not count a paper that is %s', (_, overrides) => {
  expect(assess(withFirst({ evidence: [aPaper(overrides)] }), NOW).level).toBe('limited');
});

it('counts those who rest or are not fit as away', () => {
  const away = { rests: [rest('2026-07-01T00:00:00Z', '2026-07-02T00:00:00Z')] };
  const team = (count: number) => facts({ members: FIVE.map((id, at) => aMember(id, at < count ? away : {})) });
  expect([0, 1, 2, 3, 5].map((count) => assess(team(count), NOW).level)).toEqual([
    'ready',
    'ready',
    'limited',
    'not-ready',
    'not-ready',
  ]);
  expect(assess(team(2), new Date('2026-07-02T00:00:00Z')).level).toBe('ready');
  const unfit = aPaper({ kindCode: 'fitness-check', family: 'medical', passed: false });
  const fitAgain = { ...unfit, passed: true, beginsOn: '2026-06-01' };
  const two = (evidence: Evidence[]) =>
    facts({ members: FIVE.map((id, at) => aMember(id, at < 2 ? { evidence: [aPaper(), ...evidence] } : {})) });
  expect(assess(two([unfit]), NOW)).toMatchObject({ level: 'limited', reasons: [{ personIds: ['a', 'b'] }] });
  expect(assess(two([unfit, fitAgain]), NOW).level).toBe('ready');
});

it('wants so many holders among those who can go out', () => {
  const needs = [{ kindCode: 'first-aid', kindName: '急救证', holders: 1, lowersTo: 'not-ready' as const }];
  const rules = [{ ...RULE, needs }];
  const holder = { evidence: [aPaper({ kindCode: 'first-aid' })] };
  const resting = { ...holder, rests: [rest('2026-06-30T00:00:00Z', '2026-07-02T00:00:00Z')] };
  expect(assess(facts({ rules }), NOW).level).toBe('not-ready');
  expect(assess({ ...withFirst(holder), rules }, NOW).level).toBe('ready');
  expect(assess({ ...withFirst(resting), rules }, NOW).level).toBe('not-ready');
});

it('says so when nobody set a rule, and when the team is disbanded', () => {
  expect(assess(facts({ rules: [] }), NOW)).toMatchObject({ level: 'limited', reasons: [{ code: 'no-rule' }] });
  expect(assess(facts({ state: 'disbanded' }), NOW)).toMatchObject({ level: 'not-ready', nextChangeAt: null });
});

it('takes the rule of the kind, then of the narrowest region, then the latest that has begun', () => {
  const rule = (overrides: Partial<Rule>): Rule => ({ ...RULE, ...overrides });
  const kind = rule({ typeCode: 'PRO-02' });
  const county = rule({ typeCode: 'PRO-02', regionCode: '140930' });
  const later = rule({ typeCode: 'PRO-02', regionCode: '140930', validFrom: '2026-06-01' });
  const coming = rule({ typeCode: 'PRO-02', regionCode: '140930', validFrom: '2026-08-01' });
  expect(ruleInForce([RULE, kind], '2026-07-01')).toBe(kind);
  expect(ruleInForce([rule({ regionCode: '140930' }), kind], '2026-07-01')).toBe(kind);
  expect(ruleInForce([kind, county, coming, later], '2026-07-01')).toBe(later);
  expect(ruleInForce([coming], '2026-07-01')).toBeUndefined();
});

it('lets an override lower without end and raise for a time, and keeps the reasons', () => {
  const by = { reason: '车辆检修', setBy: 'x', from: new Date('2026-06-30T00:00:00Z') };
  const lowered = facts({ overrides: [{ ...by, way: 'lower', level: 'not-ready', until: null }] });
  expect(assess(lowered, NOW)).toMatchObject({ level: 'not-ready', computedLevel: 'ready' });
  const until = new Date('2026-07-01T05:00:00Z');
  const raised = {
    ...withFirst({ evidence: [] }),
    overrides: [{ ...by, way: 'raise' as const, level: 'ready' as const, until }],
  };
  expect(assess(raised, NOW)).toMatchObject({
    level: 'ready',
    computedLevel: 'limited',
    reasons: [{ code: 'evidence:flood-training' }, { code: 'override' }],
    nextChangeAt: until,
  });
  expect(assess(raised, until).level).toBe('limited');
});

it('never gets better by an override that lowers, nor worse by one that raises', () => {
  const level = fc.constantFrom('ready' as const, 'limited' as const, 'not-ready' as const);
  fc.assert(
    fc.property(level, fc.boolean(), fc.nat(5), (said, lowers, present) => {
      const way = lowers ? ('lower' as const) : ('raise' as const);
      const override = { way, level: said, reason: '', setBy: '', from: NOW, until: new Date(NOW.getTime() + 1) };
      const members = FIVE.slice(0, present).map((id) => aMember(id));
      const { level: answered, computedLevel } = assess(facts({ members, overrides: [override] }), NOW);
      expect(lowers ? isWorse(computedLevel, answered) : isWorse(answered, computedLevel)).toBe(false);
    }),
  );
});

it('does not change before the instant that it names', () => {
  const day = fc.integer({ min: 1, max: 28 }).map((n) => `2026-07-${String(n).padStart(2, '0')}`);
  fc.assert(
    fc.property(
      fc.array(day, { minLength: 5, maxLength: 5 }),
      fc.double({ min: 0, max: 0.999, noNaN: true }),
      (ends, part) => {
        const members = FIVE.map((id, at) => aMember(id, { evidence: [aPaper({ validUntil: ends[at] })] }));
        const team = facts({ members });
        const { nextChangeAt, ...first } = assess(team, NOW);
        if (nextChangeAt === null) return;
        const between = new Date(NOW.getTime() + Math.floor((nextChangeAt.getTime() - NOW.getTime()) * part));
        expect(assess(team, between)).toEqual({ ...first, nextChangeAt });
      },
    ),
  );
});
