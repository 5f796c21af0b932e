import { itemFaults, type ItemFacts } from './item-entry';

const anItem = (overrides: Partial<ItemFacts> = {}): ItemFacts => ({
  perishable: true,
  shelfLifeMonths: 12,
  shelfLifeBasis: 'estimate',
  shelfLifeSource: '',
  rotationRule: 'FEFO',
  rotationBasis: 'estimate',
  rotationSource: '',
  inspectEveryMonths: null,
  sizeBasis: 'estimate',
  sizeSource: '',
  ...overrides,
});

describe('the entry of an item', () => {
  it.each([
    ['a life that is said not to be', { shelfLifeBasis: 'none' }, '/shelfLifeMonths'],
    ['no life, though one is guessed', { shelfLifeMonths: null }, '/shelfLifeMonths'],
    ['a sourced life without its source', { shelfLifeBasis: 'sourced' }, '/shelfLifeSource'],
    ['a label without saying which', { shelfLifeBasis: 'label' }, '/shelfLifeSource'],
    ['a sourced rule without its source', { rotationBasis: 'sourced' }, '/rotationSource'],
    ['a sourced size without its source', { sizeBasis: 'weight_sourced' }, '/sizeSource'],
    ['first expiry of what has no date', { perishable: false }, '/perishable'],
    ['tests at no interval', { rotationRule: 'RUN-TEST' }, '/inspectEveryMonths'],
  ] as const)('with %s contradicts itself', (_what, overrides, pointer) => {
    expect(itemFaults(anItem(overrides)).map((fault) => fault.pointer)).toEqual([pointer]);
  });

  it.each([
    ['an estimate', {}],
    ['sourced throughout', { shelfLifeBasis: 'sourced', shelfLifeSource: 'GB 15308', rotationBasis: 'sourced' }],
    ['tested', { rotationRule: 'CYL-TEST', inspectEveryMonths: 36 }],
    ['without age', { shelfLifeBasis: 'none', shelfLifeMonths: null, perishable: false, rotationRule: 'FIFO' }],
  ] as const)('may be %s', (_what, overrides) => {
    expect(itemFaults(anItem({ rotationSource: '县储备目录', ...overrides }))).toEqual([]);
  });
});
