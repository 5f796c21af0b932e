import { depotAccount } from '@ledger/contracts';
import { aHolding, uuid } from '../../stock/domain/testing/builders';
import { returnPostings, type ReturnableLine } from './plan-return';

const TODAY = '2026-07-01';
const aLine = (overrides: Partial<ReturnableLine> = {}): ReturnableLine => ({
  itemCode: 'LIV-002',
  recoverable: false,
  consumedBase: 0,
  intact: [aHolding()],
  damaged: [],
  ...overrides,
});
const usable = (usableBase: number) => ({ usableBase, damagedBase: 0, lostBase: 0 });
const throwing = (code: string): Error => expect.objectContaining({ code }) as Error;

it.each([true, false])('goods that were not used up come back (recoverable: %s)', (recoverable) => {
  const [posting] = returnPostings(uuid(100), usable(10), aLine({ recoverable }), TODAY);
  expect(posting).toMatchObject({ to: depotAccount(uuid(100), 'available'), quantityBase: 10 });
});

it('goods that were used up do not come back', () => {
  const line = aLine({ consumedBase: 5 });
  expect(() => returnPostings(uuid(100), usable(12), line, TODAY)).toThrow(throwing('SUPPLIES_ITEM_NOT_RECOVERABLE'));
});

it('more than was handed over does not come back', () => {
  for (const line of [aLine(), aLine({ consumedBase: 1 }), aLine({ recoverable: true })]) {
    expect(() => returnPostings(uuid(100), usable(12), line, TODAY)).toThrow(
      throwing('SUPPLIES_RETURN_EXCEEDS_DELIVERY'),
    );
  }
});
