/**
 * Personal fields as they appear in lists, papers and logs: enough for the person at the table to find the row, too
 * little to find the person. null stays null: nothing was given, or it was erased.
 */
export const maskedName = (name: string | null): string | null =>
  name === null ? null : `${[...name.trim()][0] ?? ''}*`;

/** The first three and the last two digits of a phone number, none of a short one. */
export function maskedPhone(phone: string | null): string | null {
  if (phone === null) return null;
  return phone.length < 9
    ? '*'.repeat(phone.length)
    : `${phone.slice(0, 3)}${'*'.repeat(phone.length - 5)}${phone.slice(-2)}`;
}

/** Of a document only the last two characters are kept at all. */
export const maskedDocument = (tail: string | null): string | null => (tail === null ? null : `****${tail}`);
