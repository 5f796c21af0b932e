import { RESERVE_CALL_STATES } from '@ledger/contracts';
import { CALL_EVENTS, isOpen, nextCallState } from './call-state';

const no = undefined;
/** Every pair of state and event, spelled out: a change of the table has to be made twice, on purpose. */
const EXPECTED: Readonly<Record<string, readonly (string | undefined)[]>> = {
  //                    approve   refuse       expire       accept       decline     depart        receive-part
  'awaiting-approval': ['called', 'cancelled', 'cancelled', no, no, no, no],
  called: [no, no, no, 'confirmed', 'declined', 'delivering', 'delivering'],
  confirmed: [no, no, no, 'confirmed', 'declined', 'delivering', 'delivering'],
  delivering: [no, no, no, no, no, 'delivering', 'delivering'],
  received: [no, no, no, no, no, no, no],
  declined: [no, no, no, no, no, no, no],
  cancelled: [no, no, no, no, no, no, no],
};
const EXPECTED_ENDS: Readonly<Record<string, readonly (string | undefined)[]>> = {
  //                    receive-rest undo-receipt  close-short  cancel
  'awaiting-approval': [no, no, no, 'cancelled'],
  called: ['received', no, no, 'cancelled'],
  confirmed: ['received', no, no, 'cancelled'],
  delivering: ['received', 'delivering', 'received', 'cancelled'],
  received: [no, 'delivering', no, no],
  declined: [no, no, no, no],
  cancelled: [no, no, no, no],
};

describe.each(RESERVE_CALL_STATES)('a call in state %s', (state) => {
  const expected = [...EXPECTED[state], ...EXPECTED_ENDS[state]];

  it.each(CALL_EVENTS.map((event, index) => [event, expected[index] ?? 'forbidden'] as const))(
    '%s → %s',
    (event, next) => {
      expect(nextCallState(state, event) ?? 'forbidden').toBe(next);
    },
  );

  it('is open exactly when pieces can still come or be given back', () => {
    expect(isOpen(state)).toBe(nextCallState(state, 'cancel') !== undefined);
  });
});
