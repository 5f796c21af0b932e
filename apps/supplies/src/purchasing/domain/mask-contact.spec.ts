import { maskName, maskPhone } from './mask-contact';

it.each([
  ['王小明', '王**'],
  ['王', '王'],
  ['欧阳询之子', '欧**'],
])('the name %s is shown as %s', (name, shown) => {
  expect(maskName(name)).toBe(shown);
});

it.each([
  ['13903500000', '*********00'],
  ['12', '12'],
])('the number %s is shown as %s', (phone, shown) => {
  expect(maskPhone(phone)).toBe(shown);
});
