import { MOVEMENT_KINDS, isReversible } from './movement-kinds';

it('what people record by hand can be undone, steps of a flow and reversals cannot', () => {
  expect(MOVEMENT_KINDS.filter(isReversible)).toEqual([
    ...['receipt', 'put-away', 'use', 'quarantine', 'rotate', 'scrap', 'send-back'],
    ...['hand-out', 'return'],
  ]);
});
