import { MOVEMENT_KINDS, isReversible } from './movement-kinds';

it('what people record by hand can be undone, steps of an allocation and reversals cannot', () => {
  expect(MOVEMENT_KINDS.filter(isReversible)).toEqual(['receipt', 'hand-out', 'return']);
});
