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

/** As many postings as one movement, and its event, may have. */
export const MAX_POSTINGS = 2_000;

/**
 * Checks that a list is a movement: at least one posting, and each moves a whole quantity between two accounts. Goods go
 * from depot to depot through transit, so a posting touches one depot at most.
 * @throws DomainError SUPPLIES_LEDGER_CORRUPT
 */
export function assertPostings(postings: readonly Posting[]): void {
  if (postings.length === 0) throw corrupt('movement without postings');
  if (postings.length > MAX_POSTINGS) throw corrupt(`movement with ${postings.length} postings`);
  postings.forEach(assertPosting);
}

/** The postings that undo these: the same quantities the other way round, in the same order. */
export function reversedPostings(postings: readonly Posting[]): Posting[] {
  return postings.map((posting) => ({ ...posting, from: posting.to, to: posting.from }));
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
    throw corrupt(`posting of ${quantityBase} from ${source} to ${target}`);
  }
}

const corrupt = (detail: string): DomainError => new DomainError('SUPPLIES_LEDGER_CORRUPT', { detail });
