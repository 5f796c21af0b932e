const IGNORED = /[\s\p{P}\p{S}]+/gu;
const BRACKETED = /[([{【〔〈<].*?[)\]}】〕〉>]/gu;

/**
 * A text as it is compared: full-width letters and digits made narrow, in lower case, without blanks, punctuation and
 * signs. `Ｎo. 12－帐 篷` and `NO12帐篷` are the same.
 */
export const normalText = (text: string): string => text.normalize('NFKC').toLowerCase().replace(IGNORED, '');

/** The same for a heading, of which an explanation in brackets says nothing: `数量（顶）` is `数量`. */
export function normalHeading(text: string): string {
  const narrow = text.normalize('NFKC');
  return normalText(narrow.replace(BRACKETED, '')) || normalText(narrow);
}
