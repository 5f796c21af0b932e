import fc from 'fast-check';
import { callableBase } from './callable-curve';
import {
  PROMISED_MODES,
  callableSourceOf,
  confirmationDue,
  knownStockBase,
  uncalledBase,
  whyUncounted,
  type ReserveConfirmation,
  type ReserveContractTerms,
} from './reserve-contract';

type Contract = ReserveContractTerms & { readonly serves: readonly string[] };

const aContract = (overrides: Partial<Contract> = {}): Contract => ({
  contractId: 'contract',
  mode: 'agreement',
  state: 'active',
  validFrom: '2026-01-01',
  validTo: '2026-12-31',
  responseHours: 24,
  quantityBase: 500,
  minimumBase: 0,
  ratePerDay: null,
  startUpHours: null,
  outputEveryHours: null,
  calledBase: 0,
  drawnBase: 0,
  confirmEveryDays: null,
  graceDays: 0,
  activatedAt: '2026-01-01T00:00:00.000Z',
  confirmation: null,
  serves: ['140930'],
  ...overrides,
});
const aConfirmation = (overrides: Partial<ReserveConfirmation> = {}): ReserveConfirmation => ({
  confirmedAt: '2026-06-01T00:00:00.000Z',
  stockBase: 500,
  ratePerDay: null,
  startUpHours: null,
  keyInputsLevel: null,
  takenSinceBase: 0,
  ...overrides,
});
const anEnterprise = (overrides: Partial<Contract> = {}): Contract =>
  aContract({ mode: 'enterprise', minimumBase: 200, responseHours: 12, ...overrides });
const aPlant = (overrides: Partial<Contract> = {}): Contract =>
  aContract({
    mode: 'capacity',
    responseHours: 0,
    quantityBase: 10_000,
    ratePerDay: 200,
    startUpHours: 24,
    outputEveryHours: 24,
    ...overrides,
  });
const JULY = new Date('2026-07-01T04:00:00.000Z');
const place = { regionCode: '140930' };
const limitOf = (contract: Contract, breakMinimum = false): number =>
  callableSourceOf(contract, { ...place, breakMinimum }).limitBase;

describe('a contract is left out of the curve', () => {
  it.each([
    ['as a draft', { state: 'draft' }, 'draft', 'the contract is a draft'],
    ['while suspended', { state: 'suspended' }, 'suspended', 'the contract is suspended'],
    ['once ended', { state: 'ended' }, 'ended', 'the contract is ended'],
    ['before it begins', { validFrom: '2026-07-02' }, 'not-begun', 'the contract begins on 2026-07-02'],
    ['after it ran out', { validTo: '2026-06-30' }, 'run-out', 'the contract ran out on 2026-06-30'],
    ['when firms only declare', { mode: 'social' }, 'declared-only', 'declared, not promised'],
    ['when families only declare', { mode: 'household' }, 'declared-only', 'declared, not promised'],
    [
      'when its plant has no inputs left',
      { mode: 'capacity', confirmation: aConfirmation({ keyInputsLevel: 'exhausted' }) },
      'key-inputs-exhausted',
      'the plant’s key inputs are exhausted',
    ],
  ] as const)('%s', (_when, overrides, code, reason) => {
    expect(whyUncounted(aContract(overrides), JULY)).toEqual({ code, reason });
  });

  it('and counts otherwise, on its first and last day too', () => {
    expect(whyUncounted(aContract(), JULY)).toBeUndefined();
    expect(whyUncounted(aContract({ validFrom: '2026-07-01', validTo: '2026-07-01' }), JULY)).toBeUndefined();
    const tight = aPlant({ confirmation: aConfirmation({ keyInputsLevel: 'tight' }) });
    expect(whyUncounted(tight, JULY)).toBeUndefined();
  });
});

describe('a figure that is to be confirmed every 30 days, with 3 days of grace', () => {
  const contract = anEnterprise({
    confirmEveryDays: 30,
    graceDays: 3,
    confirmation: aConfirmation({ confirmedAt: '2026-06-01T00:00:00.000Z' }),
  });

  it.each([
    ['the day before it is due', '2026-06-30T15:59:59.999Z', -1, false],
    ['the day it is due', '2026-06-30T16:00:00.000Z', 0, false],
    ['the last moment of grace', '2026-07-04T15:59:59.999Z', 3, false],
    ['midnight in China after it', '2026-07-04T16:00:00.000Z', 4, true],
    ['a fortnight later', '2026-07-13T00:00:00.000Z', 12, true],
  ])('%s', (_when, at, overdueDays, stale) => {
    expect(confirmationDue(contract, new Date(at))).toEqual({ dueOn: '2026-07-01', overdueDays, stale });
    const reason = `confirmation ${overdueDays} days overdue`;
    expect(whyUncounted(contract, new Date(at))).toEqual(stale ? { code: 'confirmation-overdue', reason } : undefined);
  });

  it('is the contract’s own from the day it came into force, until there is another', () => {
    const never = { ...contract, confirmation: null, activatedAt: '2026-05-01T16:00:00.000Z' };
    expect(confirmationDue(never, JULY)).toEqual({ dueOn: '2026-06-01', overdueDays: 30, stale: true });
    expect(confirmationDue({ ...never, activatedAt: null }, JULY)).toBeUndefined();
  });

  it('is never stale where nothing has to be confirmed', () => {
    expect(confirmationDue({ ...contract, confirmEveryDays: null }, JULY)).toBeUndefined();
  });

  it('one day overdue is said in the singular', () => {
    const strict = { ...contract, graceDays: 0 };
    expect(whyUncounted(strict, new Date('2026-07-02T00:00:00Z'))?.reason).toBe('confirmation 1 day overdue');
  });
});

describe('what a contract can give', () => {
  it.each([
    ['all of an agreement', aContract(), 500],
    ['less what is called', aContract({ calledBase: 200 }), 300],
    ['less what was drawn', aContract({ calledBase: 200, drawnBase: 300 }), 0],
    ['no more than is confirmed', aContract({ confirmation: aConfirmation({ stockBase: 120 }) }), 120],
    ['no more than was promised', aContract({ confirmation: aConfirmation({ stockBase: 900 }) }), 500],
    ['less what came since', aContract({ confirmation: aConfirmation({ stockBase: 400, takenSinceBase: 150 }) }), 250],
    ['of an enterprise what lies above its minimum', anEnterprise(), 300],
    ['with more in store than the contract', anEnterprise({ confirmation: aConfirmation({ stockBase: 900 }) }), 500],
    ['nothing below the minimum', anEnterprise({ confirmation: aConfirmation({ stockBase: 199 }) }), 0],
    ['called pieces off what lies above', anEnterprise({ calledBase: 250 }), 50],
    ['all a plant may make', aPlant(), 10_000],
    ['less what is called of it', aPlant({ calledBase: 9_000, drawnBase: 1_000 }), 0],
  ])('is %s', (_what, contract, expected) => {
    expect(limitOf(contract)).toBe(expected);
  });

  it('reaches below the minimum for a use order that says so', () => {
    expect(limitOf(anEnterprise(), true)).toBe(500);
    expect(limitOf(anEnterprise({ confirmation: aConfirmation({ stockBase: 150 }) }), true)).toBe(150);
  });

  it('is the lower rate and the longer start-up of contract and confirmation', () => {
    const slower = aConfirmation({ stockBase: null, ratePerDay: 120, startUpHours: 48 });
    const faster = aConfirmation({ stockBase: null, ratePerDay: 900, startUpHours: 1 });
    expect(callableSourceOf(aPlant({ confirmation: slower }), place).production).toMatchObject({
      ratePerDay: 120,
      startUpHours: 48,
    });
    expect(callableSourceOf(aPlant({ confirmation: faster }), place).production).toMatchObject({
      ratePerDay: 200,
      startUpHours: 24,
    });
  });

  it('comes off the line after what was promised before', () => {
    const source = callableSourceOf(aPlant({ calledBase: 200 }), place);
    expect([48, 72].map((hours) => callableBase(source, hours))).toEqual([0, 200]);
  });

  it('is as near as the nearest region the contract serves', () => {
    const serves = ['610822', '140930', '140930100'];
    expect(callableSourceOf(aContract({ serves }), { regionCode: '140930100' }).tiersAway).toBe(0);
    expect(callableSourceOf(aContract({ serves }), { regionCode: '140930101' }).tiersAway).toBe(1);
  });
});

it('no contract ever gives more than it promised, confirmed or kept back, whatever was called and drawn', () => {
  const quantity = fc.integer({ min: 0, max: 1_000_000 });
  fc.assert(
    fc.property(
      fc.constantFrom(...PROMISED_MODES),
      fc.tuple(quantity, quantity, quantity, quantity),
      fc.option(fc.tuple(quantity, quantity)),
      (mode, [quantityBase, calledBase, drawnBase, minimumBase], confirmed) => {
        const confirmation =
          confirmed && aConfirmation({ stockBase: confirmed[0], takenSinceBase: confirmed[1], ratePerDay: 10 });
        const contract = aPlant({ mode, quantityBase, calledBase, drawnBase, minimumBase, confirmation });
        const limitBase = limitOf(contract);
        expect(limitBase).toBeGreaterThanOrEqual(0);
        expect(limitBase).toBeLessThanOrEqual(Math.max(0, quantityBase - calledBase - drawnBase));
        expect(limitBase).toBeLessThanOrEqual(uncalledBase(contract));
        if (mode === 'enterprise' && limitBase > 0) {
          expect(knownStockBase(contract) - calledBase - limitBase).toBeGreaterThanOrEqual(minimumBase);
        }
      },
    ),
  );
});
