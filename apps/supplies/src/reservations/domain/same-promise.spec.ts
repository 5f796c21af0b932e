import { uuid } from '../../stock/domain/testing/builders';
import { assertSamePromise } from './same-promise';

const known = { allocationId: uuid(1), lineId: uuid(2) };

it('takes a command about the same allocation line', () => {
  expect(() => assertSamePromise({ ...known, reservationId: uuid(3) }, known)).not.toThrow();
});

it.each([{ allocationId: uuid(9) }, { lineId: uuid(9) }])('refuses one about another: %j', (other) => {
  expect(() => assertSamePromise({ ...known, ...other, reservationId: uuid(3) }, known)).toThrow(
    expect.objectContaining({ code: 'SUPPLIES_RESERVATION_CONFLICT' }) as Error,
  );
});
