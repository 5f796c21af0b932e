/** The form of a calendar day of a year that makes sense; whether the day exists is checked besides. */
export const DAY_PATTERN = /^(19|20|21)\d\d-\d\d-\d\d$/;

/** The form of an instant with its zone: `2026-07-01T08:00:00+08:00`. */
export const INSTANT_PATTERN =
  /^(19|20|21)\d\d-\d\d-\d\dT([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,6})?)?(Z|[+-](0\d|1[0-4]):[0-5]\d)$/;

export const ITEM_CODE_PATTERN = /^[A-Z]{3}-\d{3}$/;

/** A category of the catalogue, `living_relief`. */
export const CATEGORY_PATTERN = /^[a-z][a-z_]*$/;

/** A capability that items have, `people-sheltered`. */
export const CAPABILITY_PATTERN = /^[a-z]+(-[a-z]+)*$/;

/** Money is whole fen; more than this (100 billion yuan) is a slip of the keyboard. */
export const MAX_AMOUNT_FEN = 10_000_000_000_000;

/** A calendar month, `2026-07`. */
export const MONTH_PATTERN = /^(19|20|21)\d\d-(0[1-9]|1[0-2])$/;
