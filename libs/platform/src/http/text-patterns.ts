/**
 * Text that PostgreSQL and JSON can both store: no control characters and no halves of a surrogate pair.
 * The first is for one line, the second also allows line breaks and tabs.
 */
export const LINE_PATTERN = /^[^\p{Cc}\p{Cs}]*$/u;
export const PARAGRAPH_PATTERN = /^(?:[^\p{Cc}\p{Cs}]|[\n\r\t])*$/u;
