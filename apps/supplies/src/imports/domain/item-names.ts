import { normalText } from './normal-text';
import { ItemMatcher, type Candidate, type NamedItem } from './match-items';

/** How it is known which item a name means. `unsure` ones wait for a person. */
export type NameBasis = 'certain' | 'remembered' | 'person' | 'unsure';

/** A name of a sheet, and what it was taken for. */
export interface NamedEntry {
  readonly number: number;
  readonly normalName: string;
  readonly name: string;
  rows: number;
  readonly candidates: readonly Candidate[];
  /** null while nobody decided, and for a name that was decided to be left out. */
  readonly itemCode: string | null;
  readonly basis: NameBasis;
}

/** What an organisation decided on a name; null to leave it out. */
export type Decisions = ReadonlyMap<string, string | null>;

/** The names of one sheet: each is matched once, however often it comes. */
export class ItemNames {
  private readonly matcher: ItemMatcher;
  private readonly codes: ReadonlySet<string>;
  private readonly byText = new Map<string, NamedEntry>();
  private readonly byName = new Map<string, NamedEntry>();

  constructor(
    items: readonly NamedItem[],
    private readonly decisions: Decisions,
  ) {
    this.matcher = new ItemMatcher(items);
    this.codes = new Set(items.map(({ code }) => code));
  }

  get count(): number {
    return this.byName.size;
  }

  /** In the order in which they first came. */
  entries(): NamedEntry[] {
    return [...this.byName.values()];
  }

  /**
   * The item that a row means. A code of ours decides; a code of the department's own counts as a name where the sheet
   * has no better one.
   */
  find(code: string, name: string): { code: string } | 'item-undecided' | 'item-left-out' {
    const own = code.normalize('NFKC').toUpperCase();
    if (this.codes.has(own)) return { code: own };
    const entry = this.entryOf(name || code);
    entry.rows++;
    if (entry.itemCode !== null) return { code: entry.itemCode };
    return entry.basis === 'unsure' ? 'item-undecided' : 'item-left-out';
  }

  private entryOf(text: string): NamedEntry {
    const seen = this.byText.get(text);
    if (seen) return seen;
    const normalName = normalText(text);
    const entry = this.byName.get(normalName) ?? this.decide(text, normalName);
    this.byText.set(text, entry);
    this.byName.set(normalName, entry);
    return entry;
  }

  private decide(name: string, normalName: string): NamedEntry {
    const { certain, candidates } = this.matcher.match(name);
    const decided = this.decisions.get(normalName);
    const basis = decided !== undefined ? 'remembered' : certain ? 'certain' : 'unsure';
    const itemCode = decided !== undefined ? decided : certain;
    return { number: this.byName.size + 1, normalName, name, rows: 0, candidates, itemCode, basis };
  }
}
