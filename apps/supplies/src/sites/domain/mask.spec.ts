import { maskedDocument, maskedName, maskedPhone } from './mask';

it.each([
  ['张三', '张*'],
  ['欧阳娜娜', '欧*'],
  [' 李', '李*'],
  ['𠮷田', '𠮷*'],
  ['Smith', 'S*'],
  ['', '*'],
  [null, null],
])('the name %s is shown as %s', (name, masked) => {
  expect(maskedName(name)).toBe(masked);
});

it.each([
  ['13812345678', '138******78'],
  ['0350-7221234', '035*******34'],
  ['110', '***'],
  [null, null],
])('the phone %s is shown as %s', (phone, masked) => {
  expect(maskedPhone(phone)).toBe(masked);
});

it('of a document the end alone is shown', () => {
  expect([maskedDocument('1X'), maskedDocument(null)]).toEqual(['****1X', null]);
});
