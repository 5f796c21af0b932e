const LENGTHS = [8, 12, 13, 14];

/**
 * The 14-digit form of a GS1 article number, under which an 8-, 12- or 13-digit number is the same number. The last
 * digit has to agree with the others: from the right, the digits count three times and once in turn.
 * @returns undefined for what is no such number
 */
export function canonicalGtin(text: string): string | undefined {
  if (!/^\d+$/.test(text) || !LENGTHS.includes(text.length)) return undefined;
  const digits = [...text.padStart(14, '0')].map(Number);
  const sum = digits.slice(0, 13).reduce((total, digit, index) => total + digit * (index % 2 === 0 ? 3 : 1), 0);
  return (10 - (sum % 10)) % 10 === digits[13] ? digits.join('') : undefined;
}
