import { DEFAULT_CALL_RULE, decideCall, whySigned, type CallRequest } from './decide-call';
import { aConfirmation, aContract } from './testing/builders';

const NOW = new Date('2026-07-01T00:00:00.000Z');
const inHours = (hours: number): Date => new Date(NOW.getTime() + hours * 3_600_000);
const aCall = (overrides: Partial<CallRequest> = {}): CallRequest => ({
  quantityBase: 500,
  neededBy: undefined,
  destinationRegionCode: '140930100',
  breaksMinimum: false,
  ...overrides,
});
const decide = (contract: ReturnType<typeof aContract>, overrides: Partial<CallRequest> = {}) =>
  decideCall(contract, aCall(overrides), DEFAULT_CALL_RULE, NOW);
const refusal = (contract: ReturnType<typeof aContract>, overrides: Partial<CallRequest> = {}): unknown => {
  try {
    return decide(contract, overrides);
  } catch (error) {
    return (error as { code: string }).code;
  }
};
const plant = aContract({
  mode: 'capacity',
  responseHours: 0,
  quantityBase: 10_000,
  ratePerDay: 200,
  startUpHours: 24,
  outputEveryHours: 24,
});
const store = aContract({ mode: 'enterprise', minimumBase: 200, confirmation: aConfirmation({ stockBase: 500 }) });

describe('a call', () => {
  it('is promised as soon as the contract can, when nobody says by when', () => {
    expect(decide(aContract())).toEqual({
      neededBy: inHours(24),
      amountFen: null,
      breaksMinimum: false,
      approvalReason: null,
    });
    expect(decide(plant, { quantityBase: 400 }).neededBy).toEqual(inHours(72));
    expect(decide(plant, { quantityBase: 401 }).neededBy).toEqual(inHours(96));
  });

  it('for the very hour of the contract is taken, and a moment of the way there is forgiven', () => {
    expect(decide(aContract(), { neededBy: inHours(24) }).neededBy).toEqual(inHours(24));
    const almost = new Date(inHours(24).getTime() - 1_000);
    expect(decide(aContract(), { neededBy: almost }).neededBy).toEqual(almost);
  });

  it.each([
    ['for an hour earlier', aContract(), { neededBy: inHours(23) }, 'SUPPLIES_RESERVE_TOO_LATE'],
    ['for the past', aContract(), { neededBy: inHours(-1) }, 'SUPPLIES_RESERVE_TOO_LATE'],
    [
      'of more than a plant makes by then',
      plant,
      { quantityBase: 401, neededBy: inHours(72) },
      'SUPPLIES_RESERVE_TOO_LATE',
    ],
    ['of one piece too many', aContract(), { quantityBase: 501 }, 'SUPPLIES_RESERVE_EXHAUSTED'],
    ['of what is called already', aContract({ calledBase: 1 }), {}, 'SUPPLIES_RESERVE_EXHAUSTED'],
    ['below the minimum', store, { quantityBase: 301 }, 'SUPPLIES_RESERVE_EXHAUSTED'],
    ['of a suspended contract', aContract({ state: 'suspended' }), {}, 'SUPPLIES_RESERVE_NOT_COUNTED'],
    ['of what is only declared', aContract({ mode: 'social' }), {}, 'SUPPLIES_RESERVE_NOT_COUNTED'],
    [
      'to a county it does not serve',
      aContract(),
      { destinationRegionCode: '140931' },
      'SUPPLIES_RESERVE_REGION_NOT_SERVED',
    ],
    ['to the city above', aContract(), { destinationRegionCode: '1409' }, 'SUPPLIES_RESERVE_REGION_NOT_SERVED'],
  ])('%s is refused', (_what, contract, request, code) => {
    expect(refusal(contract, request)).toBe(code);
  });

  it('below the minimum is taken for a use order, and an approver signs it', () => {
    const decision = decide(store, { quantityBase: 301, breaksMinimum: true });
    expect(decision).toMatchObject({ breaksMinimum: true, approvalReason: 'gives up the minimum of the enterprise' });
    expect(refusal(store, { quantityBase: 501, breaksMinimum: true })).toBe('SUPPLIES_RESERVE_EXHAUSTED');
  });

  it('that needs nothing from below the minimum gives nothing up, whatever the use order allows', () => {
    const decision = decide(store, { quantityBase: 300, breaksMinimum: true });
    expect(decision).toMatchObject({ breaksMinimum: false, approvalReason: null });
  });

  it('is worth its pieces at the contract’s price', () => {
    expect(decide(aContract({ unitPriceFen: 30_000 })).amountFen).toBe(15_000_000);
  });
});

describe('an approver signs', () => {
  it.each([
    [{ quantityBase: 999, amountFen: null }, null],
    [{ quantityBase: 1_000, amountFen: null }, '1000 pieces or more'],
    [{ quantityBase: 1, amountFen: 9_999_999 }, null],
    [{ quantityBase: 1, amountFen: 10_000_000 }, '10000000 fen or more'],
  ])('%p: %p', (call, expected) => {
    expect(whySigned({ ...call, breaksMinimum: false }, DEFAULT_CALL_RULE)).toBe(expected);
  });

  it('nothing where a rule says so', () => {
    const free = { fromQuantityBase: null, fromAmountFen: null };
    expect(whySigned({ quantityBase: 1e9, amountFen: 1e15, breaksMinimum: false }, free)).toBeNull();
  });
});
