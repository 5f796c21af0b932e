import { maskedName, maskedPhone } from './contact';

it.each([
  ['王建国', '王**'],
  ['𠮷田', '𠮷**'],
  ['', '**'],
])('%s is shown as %s', (name, masked) => {
  expect(maskedName(name)).toBe(masked);
});

it.each([
  ['13812345678', '138****78'],
  ['0350-1234567', '035****67'],
  ['12345678', '****'],
  ['110', '****'],
])('%s is shown as %s', (phone, masked) => {
  expect(maskedPhone(phone)).toBe(masked);
});
