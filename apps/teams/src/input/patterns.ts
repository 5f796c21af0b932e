/** The form of a calendar day of a year that makes sense; whether the day exists is checked besides. */
export const DAY_PATTERN = /^(19|20|21)\d\d-\d\d-\d\d$/;

/** The form of an instant with its zone: `2026-07-01T08:00:00+08:00`. */
export const INSTANT_PATTERN =
  /^(19|20|21)\d\d-\d\d-\d\dT([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,6})?)?(Z|[+-](0\d|1[0-4]):[0-5]\d)$/;

/** The code of a specialty, a capability or a kind of evidence: `swift-water`. */
export const WORD_CODE_PATTERN = /^[a-z]+(-[a-z]+)*$/;

/** The code of a kind of team: `PRO-02`. */
export const TEAM_TYPE_PATTERN = /^[A-Z]{3}-\d{2}$/;

/** A phone number as people write it. */
export const PHONE_PATTERN = /^\+?[0-9][0-9 -]{1,18}[0-9]$/;

/** Money is whole fen; more than this (100 billion yuan) is a slip of the keyboard. */
export const MAX_AMOUNT_FEN = 10_000_000_000_000;
