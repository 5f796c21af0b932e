import { completeness, type ComponentStock } from './completeness';

const aComponent = (itemCode: string, quantityPerKit: number, usableBase: number, required = true): ComponentStock => ({
  itemCode,
  quantityPerKit,
  usableBase,
  required,
});

describe('whole kits', () => {
  it('are as many as the scarcest required component allows', () => {
    const [torch, food, radio] = [
      aComponent('GRT-004', 1, 40),
      aComponent('LIV-003', 3, 90),
      aComponent('CMD-001', 1, 2, false),
    ];
    expect(completeness([torch, food, radio], null)).toEqual({
      buildableKits: 30,
      limitedBy: ['LIV-003'],
      components: [
        { ...torch, kits: 40, shortBase: 0 },
        { ...food, kits: 30, shortBase: 3 },
        { ...radio, kits: 2, shortBase: 29 },
      ],
    });
  });

  it.each([
    [100, 60, 210],
    [30, 0, 0],
    [31, 0, 3],
  ])('for %i wanted tell what is short', (wanted, torches, food) => {
    const { components } = completeness([aComponent('GRT-004', 1, 40), aComponent('LIV-003', 3, 90)], wanted);
    expect(components.map(({ shortBase }) => shortBase)).toEqual([torches, food]);
  });

  it('are none when a component is missing, and every missing one is named', () => {
    const { buildableKits, limitedBy } = completeness([aComponent('GRT-004', 1, 0), aComponent('LIV-003', 3, 2)], null);
    expect([buildableKits, limitedBy]).toEqual([0, ['GRT-004', 'LIV-003']]);
  });
});
