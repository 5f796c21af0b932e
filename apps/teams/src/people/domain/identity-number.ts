const FORM = /^[1-9]\d{16}[\dX]$/;
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECK_DIGITS = '10X98765432';

/** The number in one spelling: without blanks, a small x as X. */
export const normalisedIdentityNumber = (number: string): string => number.replaceAll(' ', '').toUpperCase();

/**
 * Whether a resident identity number can be one: 18 places, a birthday that exists, and the check digit of GB 11643
 * (ISO 7064 MOD 11-2 over the first 17). Whether the number was given to anybody nobody can tell from it.
 */
export function isIdentityNumber(number: string): boolean {
  return FORM.test(number) && isDay(number.slice(6, 14)) && number[17] === checkDigitOf(number.slice(0, 17));
}

/** The last place of a number of which the first 17 are given. */
export function checkDigitOf(first17: string): string {
  const sum = [...first17].reduce((total, digit, index) => total + Number(digit) * WEIGHTS[index], 0);
  return CHECK_DIGITS[sum % 11];
}

/** What is shown of a number: 140930199001011234 → 140*************34. */
export const maskedIdentityNumber = (number: string): string =>
  `${number.slice(0, 3)}${'*'.repeat(13)}${number.slice(-2)}`;

function isDay(digits: string): boolean {
  const day = `${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6, 8)}`;
  const instant = Date.parse(day);
  return digits >= '19000101' && !Number.isNaN(instant) && new Date(instant).toISOString().slice(0, 10) === day;
}
