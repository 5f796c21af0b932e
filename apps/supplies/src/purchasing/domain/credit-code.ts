/** Digits and capital letters without I, O, S, V and Z, in the order of their values. */
const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';

/** Registering department, kind of body, 6 digits of the registering region, 9 of the organisation, check digit. */
const FORM = /^[0-9A-HJ-NP-RTUWXY]{2}\d{6}[0-9A-HJ-NP-RTUWXY]{10}$/;

const BODY_LENGTH = 17;

/**
 * Whether a text is a unified social credit code 统一社会信用代码: its form and its check digit (weights are the powers of
 * 3 modulo 31). Nothing is said about whether such a body exists.
 * Source: GB 32100-2015.
 */
export function isCreditCode(code: string): boolean {
  return FORM.test(code) && code[BODY_LENGTH] === checkDigit(code.slice(0, BODY_LENGTH));
}

/** @param body  the 17 characters before the check digit, all of the alphabet */
export function checkDigit(body: string): string {
  let sum = 0;
  let weight = 1;
  for (const character of body) {
    sum += ALPHABET.indexOf(character) * weight;
    weight = (weight * 3) % ALPHABET.length;
  }
  return ALPHABET[(ALPHABET.length - (sum % ALPHABET.length)) % ALPHABET.length];
}
