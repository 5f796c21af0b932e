import type { Account } from '@ledger/contracts';

/** One single piece of goods: the model has no quantities, it moves pieces one by one. */
export interface Piece {
  readonly lotId: string;
  readonly itemCode: string;
  readonly expiryDate: string | null;
  /** The outside account it came from. */
  readonly origin: string;
  account: string;
  lineId: string | null;
  reservationId: string | null;
}

export interface Move {
  readonly lotId: string;
  readonly from: string;
  readonly to: string;
  readonly lineId: string | null;
}

export type Quality = 'good' | 'held' | 'recalled';

type Where = (piece: Piece) => boolean;
type Lot = Pick<Piece, 'lotId' | 'itemCode' | 'expiryDate'>;

const byExpiry = (one: Piece, other: Piece): number => {
  const key = (piece: Piece) => `${piece.expiryDate ?? '9999-99-99'} ${piece.lotId}`;
  return key(one) < key(other) ? -1 : Number(key(one) > key(other));
};

/**
 * The ledger as a heap of pieces, each with a place. It is written from the rules alone, without postings, balances or
 * quantities, so that it does not share their faults. Beside the pieces it knows which lots may be used, and how many
 * pieces in quarantine wait for something.
 */
export class PiecesModel {
  readonly pieces: Piece[] = [];
  private readonly qualities = new Map<string, Quality>();
  private readonly claims = new Map<string, number>();

  receive(lot: Lot, account: Account, count: number, origin = 'supplier'): Move[] {
    const moves: Move[] = [];
    for (let piece = 0; piece < count; piece++) {
      this.pieces.push({ ...lot, origin, account, lineId: null, reservationId: null });
      moves.push({ lotId: lot.lotId, from: origin, to: account, lineId: null });
    }
    return moves;
  }

  /** The pieces that fit, in the order in which they are used. */
  find(where: Where): Piece[] {
    return this.pieces.filter(where).sort(byExpiry);
  }

  at(account: string, lotId?: string): Piece[] {
    return this.find((piece) => piece.account === account && (lotId === undefined || piece.lotId === lotId));
  }

  lots(): Lot[] {
    const known = new Map(
      this.pieces.map(({ lotId, itemCode, expiryDate }) => [lotId, { lotId, itemCode, expiryDate }]),
    );
    return [...known.values()].sort((one, other) => (one.lotId < other.lotId ? -1 : 1));
  }

  move(pieces: readonly Piece[], to: string, labels: Partial<Pick<Piece, 'lineId' | 'reservationId'>> = {}): Move[] {
    return pieces.map((piece) => {
      const from = piece.account;
      Object.assign(piece, { account: to, ...labels });
      return { lotId: piece.lotId, from, to, lineId: piece.lineId };
    });
  }

  /** Puts pieces into free stock, or aside where their lot may not be used. */
  putAway(pieces: readonly Piece[], depotId: string): Move[] {
    return pieces.flatMap((piece) => this.move([piece], this.shelf(depotId, piece.lotId)));
  }

  shelf(depotId: string, lotId: string): Account {
    return `depot:${depotId}:${this.isGood(lotId) ? 'available' : 'quarantine'}`;
  }

  quality(lotId: string): Quality {
    return this.qualities.get(lotId) ?? 'good';
  }

  isGood(lotId: string): boolean {
    return this.quality(lotId) === 'good';
  }

  setQuality(lotId: string, quality: Quality): void {
    this.qualities.set(lotId, quality);
  }

  /** Pieces of an account that nobody waits for; claims are made in quarantine only. */
  unclaimed(account: string, lotId: string): number {
    return this.at(account, lotId).length - (this.claims.get(`${account} ${lotId}`) ?? 0);
  }

  /** Lets pieces wait for something, or, with a count below zero, not any more. */
  claim(account: string, lotId: string, count: number): void {
    const key = `${account} ${lotId}`;
    this.claims.set(key, (this.claims.get(key) ?? 0) + count);
  }

  /**
   * Takes every move back with any piece of the lot that is there; false, and nothing done, when one is missing or waits
   * for something, or when a piece of a lot that may not be used would become free.
   */
  undo(moves: readonly Move[]): boolean {
    if (moves.some(({ from, lotId }) => from.endsWith(':available') && !this.isGood(lotId))) return false;
    for (const group of Map.groupBy(moves, ({ to, lotId }) => `${to} ${lotId}`).values()) {
      if (this.unclaimed(group[0].to, group[0].lotId) < group.length) return false;
    }
    for (const { to, lotId, from, lineId } of moves) {
      const piece = this.pieces.find((candidate) => candidate.account === to && candidate.lotId === lotId);
      Object.assign(piece as Piece, { account: from, lineId });
    }
    return true;
  }

  /** What every account holds of every lot; where goods come from is as far below zero as pieces came. */
  balances(): Map<string, number> {
    const counts = new Map<string, number>();
    const add = (account: string, lotId: string, count: number): void => {
      const key = `${account} ${lotId}`;
      counts.set(key, (counts.get(key) ?? 0) + count);
    };
    for (const { account, lotId, origin } of this.pieces) {
      add(account, lotId, 1);
      add(origin, lotId, -1);
    }
    return new Map([...counts].filter(([, count]) => count !== 0).sort());
  }
}
