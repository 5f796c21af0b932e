import {
  DEFAULT_RULE,
  SIGNATORIES,
  ruleInForce,
  signatoryFor,
  stepsFault,
  whyNotDecide,
  type ApprovalRule,
} from './approval-rule';

const aRule = (regionCode: string, validFrom: string, source: string): ApprovalRule => ({
  ...DEFAULT_RULE,
  regionCode,
  validFrom,
  source,
});

describe('the rule in force', () => {
  const rules = [
    aRule('14', '2026-01-01', 'province'),
    aRule('1409', '2026-01-01', 'city'),
    aRule('1409', '2026-06-01', 'city, later'),
    aRule('140930', '2027-01-01', 'county, not yet'),
    aRule('140931', '2020-01-01', 'neighbour'),
  ];

  it.each([
    ['140930', '2026-07-01', 'city, later'],
    ['140930', '2026-05-31', 'city'],
    ['140930101', '2027-01-01', 'county, not yet'],
    ['140931', '2026-07-01', 'neighbour'],
    ['61', '2026-07-01', DEFAULT_RULE.source],
    ['140930', '2025-12-31', DEFAULT_RULE.source],
  ])('of %s on %s is that of the %s', (regionCode, today, source) => {
    expect(ruleInForce(rules, regionCode, today).source).toBe(source);
  });
});

describe('who signs', () => {
  it.each([
    [0, 'stock-manager'],
    [4_999_999, 'stock-manager'],
    [5_000_000, 'approver'],
    [49_999_999, 'approver'],
    [50_000_000, 'upper-approver'],
    [9_000_000_000, 'upper-approver'],
  ])('%s fen is signed by the %s', (amountFen, signatory) => {
    expect(signatoryFor(DEFAULT_RULE.steps, amountFen)).toBe(signatory);
  });

  it.each([
    ['nothing', [], 'start'],
    ['a first step above 0', [{ fromFen: 1, signatory: 'approver' }], 'start'],
    [
      'a step that falls in amount',
      [
        { fromFen: 0, signatory: 'stock-manager' },
        { fromFen: 0, signatory: 'approver' },
      ],
      'rise',
    ],
    [
      'a step that falls in rank',
      [
        { fromFen: 0, signatory: 'approver' },
        { fromFen: 10, signatory: 'stock-manager' },
      ],
      'rise',
    ],
  ] as const)('of %s makes no sense', (_what, steps, word) => {
    expect(stepsFault(steps)).toContain(word);
  });

  it('makes sense for the default', () => {
    expect(stepsFault(DEFAULT_RULE.steps)).toBeUndefined();
  });
});

describe('whoever decides', () => {
  const approval = { regionCode: '140930', signatory: 'approver', requestedById: 'asker' } as const;
  const caller = (roles: readonly string[], regionCode = '140930', userId = 'other') =>
    ({ roles, regionCode, userId }) as Parameters<typeof whyNotDecide>[0];

  it('is never who asked, whatever the roles and the tier', () => {
    for (const signatory of SIGNATORIES) {
      expect(whyNotDecide(caller(['approver', 'stock-manager'], '14', 'asker'), { ...approval, signatory })).toBe(
        'requester',
      );
    }
  });

  //                                    stock-manager  approver       upper-approver
  it.each([
    [['stock-manager'], '140930', [undefined, 'tier-too-low', 'tier-too-low']],
    [['approver'], '140930', [undefined, undefined, 'tier-too-low']],
    [['approver'], '1409', [undefined, undefined, undefined]],
    [['approver'], '140931', ['tier-too-low', 'tier-too-low', 'tier-too-low']],
    [['keeper', 'dispatcher'], '14', ['tier-too-low', 'tier-too-low', 'tier-too-low']],
    [['stock-manager'], '14', [undefined, 'tier-too-low', 'tier-too-low']],
  ])('with the roles %s of %s', (roles, regionCode, expected) => {
    const found = SIGNATORIES.map((signatory) => whyNotDecide(caller(roles, regionCode), { ...approval, signatory }));
    expect(found).toEqual(expected);
  });

  it('of a province signs for the tier above, which it has not', () => {
    const province = { ...approval, regionCode: '14', signatory: 'upper-approver' } as const;
    expect(whyNotDecide(caller(['approver'], '14'), province)).toBeUndefined();
  });
});
