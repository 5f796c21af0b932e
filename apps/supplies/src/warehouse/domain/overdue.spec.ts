import { WORKS, ownerAt } from './overdue';

it.each(WORKS)('%s is told to its owner first and to the stock manager from the second time on', (work) => {
  expect(['keeper', 'stock-manager']).toContain(ownerAt(work, 1));
  expect([2, 3, 30].map((reminder) => ownerAt(work, reminder))).toEqual(Array(3).fill('stock-manager'));
});
