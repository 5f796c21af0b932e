import { normalText } from './normal-text';

/** An item as far as its names go. */
export interface NamedItem {
  readonly code: string;
  /** Every name it is known by: Chinese, English, and what else the catalogue has. */
  readonly names: readonly string[];
}

export interface Candidate {
  readonly code: string;
  /** 1 for the item's own code, down to 0 for nothing in common. */
  readonly confidence: number;
}

export interface Match {
  /** The item, when nobody has to be asked. */
  readonly certain: string | null;
  /** The likeliest items, the best first. */
  readonly candidates: readonly Candidate[];
}

const SAME_NAME = 0.98;
/** A name that differs in a numeral means another size: `12㎡` is not `36㎡`. */
const OTHER_NUMERALS = 0.8;
const CERTAIN = 0.92;
/** How far ahead of the second the best has to be. */
const CLEAR_LEAD = 0.1;
const LEAST = 0.3;
const MAX_CANDIDATES = 5;

interface Prepared {
  readonly code: string;
  readonly names: readonly string[];
}

/**
 * Matches names of a department's own sheets to the catalogue. A code is certain, and so is a name that one item alone
 * has; anything else is certain only when it is nearly the same and nothing else comes near. The rest is for a person.
 */
export class ItemMatcher {
  private readonly items: readonly Prepared[];
  private readonly byCode: ReadonlySet<string>;

  constructor(items: readonly NamedItem[]) {
    this.items = items.map(({ code, names }) => ({ code, names: [...new Set(names.map(normalText))].filter(Boolean) }));
    this.byCode = new Set(items.map(({ code }) => code));
  }

  match(text: string): Match {
    const code = text.normalize('NFKC').trim().toUpperCase();
    if (this.byCode.has(code)) return { certain: code, candidates: [{ code, confidence: 1 }] };
    const name = normalText(text);
    const candidates = this.items
      .map((item) => ({ code: item.code, confidence: confidenceOf(name, item) }))
      .filter(({ confidence }) => confidence >= LEAST)
      .sort((one, other) => other.confidence - one.confidence || (one.code < other.code ? -1 : 1))
      .slice(0, MAX_CANDIDATES);
    return { certain: certainOf(candidates), candidates };
  }
}

function certainOf([best, second]: readonly Candidate[]): string | null {
  if (!best || best.confidence < CERTAIN) return null;
  const lead = best.confidence - (second?.confidence ?? 0);
  const isTheOnlyOfItsName = best.confidence === SAME_NAME && lead > 0;
  return isTheOnlyOfItsName || lead >= CLEAR_LEAD ? best.code : null;
}

const confidenceOf = (name: string, { names }: Prepared): number =>
  Math.max(0, ...names.map((known) => similarity(name, known)));

/** @returns two decimals, 0 to {@link SAME_NAME} */
function similarity(name: string, known: string): number {
  if (name === known) return name === '' ? 0 : SAME_NAME;
  const alike = Math.max(sharedPairs(name, known), editSimilarity(name, known), containment(name, known));
  const limit = numeralsOf(name) === numeralsOf(known) ? SAME_NAME - 0.01 : OTHER_NUMERALS;
  return Math.min(limit, Math.round(alike * 100) / 100);
}

const numeralsOf = (text: string): string => (text.match(/\d+/g) ?? []).join(' ');

/** Dice's coefficient over pairs of neighbouring characters. */
function sharedPairs(one: string, other: string): number {
  const left = pairsOf(one);
  const right = pairsOf(other);
  if (left.length === 0 || right.length === 0) return 0;
  const open = new Map<string, number>();
  for (const pair of left) open.set(pair, (open.get(pair) ?? 0) + 1);
  let shared = 0;
  for (const pair of right) {
    const count = open.get(pair) ?? 0;
    if (count === 0) continue;
    open.set(pair, count - 1);
    shared++;
  }
  return (2 * shared) / (left.length + right.length);
}

const pairsOf = (text: string): string[] =>
  Array.from({ length: Math.max(0, text.length - 1) }, (_, at) => text.slice(at, at + 2));

/** One name that stands whole in the other: 棉帐篷 in 12平米棉帐篷. */
function containment(one: string, other: string): number {
  const [short, long] = one.length <= other.length ? [one, other] : [other, one];
  return short.length >= 2 && long.includes(short) ? 0.5 + 0.4 * (short.length / long.length) : 0;
}

/** 1 less the share of characters that have to change. Longer names than anybody writes are not compared this way. */
function editSimilarity(one: string, other: string): number {
  const longest = Math.max(one.length, other.length);
  return longest > 60 ? 0 : 1 - editDistance(one, other) / longest;
}

/** Levenshtein's distance, row by row. */
function editDistance(one: string, other: string): number {
  let previous = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (let row = 1; row <= one.length; row++) {
    const current = [row];
    for (let at = 1; at <= other.length; at++) {
      const change = previous[at - 1] + (one[row - 1] === other[at - 1] ? 0 : 1);
      current.push(Math.min(change, previous[at] + 1, current[at - 1] + 1));
    }
    previous = current;
  }
  return previous[other.length];
}
