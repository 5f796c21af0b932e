import { recipeFaults, type RecipeLine } from './check-recipe';

const TODAY = '2026-07-01';
const line = (itemCode: string, required = true): RecipeLine => ({ itemCode, quantityPerKit: 1, required });
const check = (components: RecipeLine[], validFrom = TODAY) =>
  recipeFaults({ kitCode: 'KIT-001', validFrom, components }, TODAY).map(({ pointer }) => pointer);

describe('a recipe', () => {
  it.each([
    ['of one required part', [line('A')], TODAY],
    ['that begins later', [line('A'), line('B', false)], '2026-08-01'],
  ])('%s is sound', (_what, components, validFrom) => expect(check(components, validFrom)).toEqual([]));

  it.each([
    ['of yesterday', [line('A')], '2026-06-30', ['/validFrom']],
    ['that holds itself', [line('A'), line('KIT-001')], TODAY, ['/components/1/itemCode']],
    ['that names a part twice', [line('A'), line('B'), line('A')], TODAY, ['/components/2/itemCode']],
    ['in which nothing is required', [line('A', false)], TODAY, ['/components']],
  ])('%s is not', (_what, components, validFrom, pointers) => expect(check(components, validFrom)).toEqual(pointers));
});
