import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { fitnessOf } from './vehicle-kind';

const FILE = join(__dirname, '../../../../../seeds/transport/transport-types.csv');
const KINDS: Record<'code' | 'mode' | 'loading_need' | 'terrain', string>[] = parse(readFileSync(FILE), {
  columns: true,
});
const FITNESS = new Map(
  KINDS.map((kind) => [
    kind.code,
    fitnessOf({ mode: kind.mode, loadingNeed: kind.loading_need, terrain: kind.terrain }),
  ]),
);

describe('fitnessOf, over the kinds that are seeded,', () => {
  it('lets box trucks, pickups, vans and containers carry goods, and nothing else', () => {
    const carriers = [...FITNESS].filter(([, fitness]) => fitness.carriesGoods).map(([code]) => code);
    expect(carriers).toEqual([
      'TRK-01',
      'TRK-02',
      'TRK-03',
      'TRK-04',
      'TRK-07',
      'TRK-08',
      'TRK-09',
      'TRK-13',
      'TRK-14',
      'TRK-15',
    ]);
  });

  it('keeps trailers and ladders on main roads', () => {
    const bound = [...FITNESS].filter(([, fitness]) => fitness.mainRoadsOnly).map(([code]) => code);
    expect(bound).toEqual(['TRK-04', 'TRK-05', 'TRK-14', 'SPV-02']);
  });
});
