/** The first character of a name, the rest as stars: 王小明 → 王**. */
export function maskedName(name: string): string {
  const characters = [...name];
  return characters.length === 0 ? '' : `${characters[0]}${'*'.repeat(Math.min(characters.length - 1, 4))}`;
}

/** The first three and last two digits of a phone number; of a short one nothing: 13812345678 → 138******78. */
export function maskedPhone(phone: string): string {
  const digits = [...phone];
  if (digits.length < 8) return '*'.repeat(digits.length);
  return `${digits.slice(0, 3).join('')}${'*'.repeat(digits.length - 5)}${digits.slice(-2).join('')}`;
}
