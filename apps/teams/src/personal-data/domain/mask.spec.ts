import { maskedName, maskedPhone } from './mask';

it.each([
  ['王小明', '王**'],
  ['王', '王'],
  ['', ''],
  ['𠮷野', '𠮷*'],
  ['Alexander Long', 'A****'],
])('the name %s is shown as %s', (name, shown) => {
  expect(maskedName(name)).toBe(shown);
});

it.each([
  ['13812345678', '138******78'],
  ['0350-7222119', '035*******19'],
  ['110', '***'],
  ['', ''],
])('the phone number %s is shown as %s', (phone, shown) => {
  expect(maskedPhone(phone)).toBe(shown);
});
