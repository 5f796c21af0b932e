import { maskedPhone } from './keeper';

describe('the phone number of a keeper', () => {
  it.each([
    ['13812345678', '138****78'],
    ['0350-7222', '035****22'],
    ['12345', '1****45'],
    ['110', '****'],
  ])('%s is shown outside as %s', (phone, shown) => expect(maskedPhone(phone)).toBe(shown));
});
