/** The CHECK of a region code column: 2, 4, 6, 9 or 12 digits. Migrations hold the same text written out. */
export const regionCodeCheck = (column: string): string =>
  `${column} ~ '^([0-9]{2}|[0-9]{4}|[0-9]{6}|[0-9]{9}|[0-9]{12})$'`;
