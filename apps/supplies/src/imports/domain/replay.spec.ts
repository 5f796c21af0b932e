import { Replay } from './replay';

const FREE = 'depot:1:available';
const use = (quantityBase: number) => ({ lot: 'B', from: FREE, to: 'consumed', quantityBase });
const giveBack = (quantityBase: number) => ({ lot: 'B', from: 'consumed', to: FREE, quantityBase });
const receive = (quantityBase: number) => ({ lot: 'B', from: 'supplier', to: FREE, quantityBase });

function play(held: number, ...steps: Parameters<Replay['move']>[0][]) {
  const replay = new Replay();
  replay.hold(FREE, 'B', held);
  return steps.map((step) => replay.move(step) ?? 'ok');
}

it('a row takes no more than is left, and what is refused changes nothing', () => {
  expect(play(10, use(8), use(5), use(2), use(1))).toEqual([
    'ok',
    'quantity-exceeds-balance',
    'ok',
    'quantity-exceeds-balance',
  ]);
});

it('what a refused row would have used cannot come back', () => {
  expect(play(10, use(8), use(5), giveBack(9), giveBack(8))).toEqual([
    'ok',
    'quantity-exceeds-balance',
    'return-exceeds-use',
    'ok',
  ]);
});

it('goods that come in later are not there before', () => {
  expect(play(0, use(1), receive(1), use(1))).toEqual(['quantity-exceeds-balance', 'ok', 'ok']);
});

it('lots and depots do not help each other out', () => {
  const replay = new Replay();
  replay.hold(FREE, 'A', 10);
  replay.hold('depot:2:available', 'B', 10);
  expect(replay.move(use(1))).toBe('quantity-exceeds-balance');
  expect(replay.move({ lot: 'A', from: FREE, to: 'depot:1:quarantine', quantityBase: 10 })).toBeUndefined();
  expect(replay.move({ lot: 'A', from: FREE, to: 'scrapped', quantityBase: 1 })).toBe('quantity-exceeds-balance');
});
