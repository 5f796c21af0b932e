import { DomainError, parseDepotAccount, type Account } from '@ledger/contracts';

/** A whole quantity of one lot that moves from one account to another: the only way a quantity ever changes. */
export interface Posting {
  readonly lotId: string;
  readonly itemCode: string;
  /** Carried along for the event; null for lots that do not age. */
  readonly expiryDate: string | null;
  readonly from: Account;
  readonly to: Account;
  /** Integer > 0, in the item's base unit. */
  readonly quantityBase: number;
  /** The allocation line it serves; null for work on a depot's own stock. */
  readonly lineId: string | null;
}

/** What a list of postings does to one balance. */
export interface BalanceChange {
  readonly account: Account;
  readonly lotId: string;
  readonly itemCode: string;
  /** Positive or negative; never 0. */
  readonly changeBase: number;
}

/**
 * Adds the postings up per account and lot. Balances are derived from this and from nothing else.
 * @returns one change per account and lot whose balance differs afterwards; per lot they sum to zero
 * @throws DomainError SUPPLIES_LEDGER_CORRUPT for a posting that is no movement of a whole quantity between two accounts
 */
export function netChanges(postings: readonly Posting[]): BalanceChange[] {
  const changes = new Map<string, BalanceChange>();
  const add = (account: Account, posting: Posting, changeBase: number): void => {
    const key = `${account} ${posting.lotId}`;
    const before = changes.get(key)?.changeBase ?? 0;
    changes.set(key, { account, lotId: posting.lotId, itemCode: posting.itemCode, changeBase: before + changeBase });
  };
  for (const posting of postings) {
    assertPosting(posting);
    add(posting.from, posting, -posting.quantityBase);
    add(posting.to, posting, posting.quantityBase);
  }
  return [...changes.values()].filter((change) => change.changeBase !== 0);
}

/** The postings that undo these: the same quantities the other way round, in the same order. */
export function reversedPostings(postings: readonly Posting[]): Posting[] {
  return postings.map((posting) => ({ ...posting, from: posting.to, to: posting.from }));
}

/** The depot that a posting touches, or null. Goods go from depot to depot through transit, so it is never two. */
export function depotOfPosting(posting: Pick<Posting, 'from' | 'to'>): string | null {
  return (parseDepotAccount(posting.from) ?? parseDepotAccount(posting.to))?.depotId ?? null;
}

function assertPosting(posting: Posting): void {
  const from = parseDepotAccount(posting.from);
  const to = parseDepotAccount(posting.to);
  const sound =
    Number.isSafeInteger(posting.quantityBase) &&
    posting.quantityBase > 0 &&
    posting.from !== posting.to &&
    (!from || !to || from.depotId === to.depotId);
  if (!sound) {
    const { from: source, to: target, quantityBase } = posting;
    throw new DomainError('SUPPLIES_LEDGER_CORRUPT', {
      detail: `posting of ${quantityBase} from ${source} to ${target}`,
    });
  }
}
