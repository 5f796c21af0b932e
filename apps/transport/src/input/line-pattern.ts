/** One line of text that PostgreSQL and JSON can both store: no control characters, no halves of a surrogate pair. */
export const LINE_PATTERN = /^[^\p{Cc}\p{Cs}]*$/u;
