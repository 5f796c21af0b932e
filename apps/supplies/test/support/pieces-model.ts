import type { Account } from '@ledger/contracts';

/** One single piece of goods: the model has no quantities, it moves pieces one by one. */
export interface Piece {
  readonly lotId: string;
  readonly itemCode: string;
  readonly expiryDate: string | null;
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

type Where = (piece: Piece) => boolean;

const byExpiry = (one: Piece, other: Piece): number => {
  const key = (piece: Piece) => `${piece.expiryDate ?? '9999-99-99'} ${piece.lotId}`;
  return key(one) < key(other) ? -1 : Number(key(one) > key(other));
};

/**
 * The ledger as a heap of pieces, each with a place. It is written from the rules alone, without postings, balances or
 * quantities, so that it does not share their faults.
 */
export class PiecesModel {
  readonly pieces: Piece[] = [];

  receive(lot: Pick<Piece, 'lotId' | 'itemCode' | 'expiryDate'>, account: Account, count: number): Move[] {
    const moves: Move[] = [];
    for (let piece = 0; piece < count; piece++) {
      this.pieces.push({ ...lot, account, lineId: null, reservationId: null });
      moves.push({ lotId: lot.lotId, from: 'supplier', to: account, lineId: null });
    }
    return moves;
  }

  /** The pieces that fit, in the order in which they are used. */
  find(where: Where): Piece[] {
    return this.pieces.filter(where).sort(byExpiry);
  }

  move(pieces: readonly Piece[], to: string, labels: Partial<Pick<Piece, 'lineId' | 'reservationId'>> = {}): Move[] {
    return pieces.map((piece) => {
      const from = piece.account;
      Object.assign(piece, { account: to, ...labels });
      return { lotId: piece.lotId, from, to, lineId: piece.lineId };
    });
  }

  /** Takes every move back with any piece of the lot that is there; false, and nothing done, when one is missing. */
  undo(moves: readonly Move[]): boolean {
    const taken: [Piece, Move][] = [];
    for (const move of moves) {
      const piece = this.pieces.find(
        (candidate) =>
          candidate.account === move.to &&
          candidate.lotId === move.lotId &&
          !taken.some(([other]) => other === candidate),
      );
      if (!piece) return false;
      taken.push([piece, move]);
    }
    for (const [piece, { from, lineId }] of taken) Object.assign(piece, { account: from, lineId });
    return true;
  }

  /** What every account holds of every lot; where goods come from is as far below zero as pieces came. */
  balances(): Map<string, number> {
    const counts = new Map<string, number>();
    const add = (account: string, lotId: string, count: number): void => {
      const key = `${account} ${lotId}`;
      counts.set(key, (counts.get(key) ?? 0) + count);
    };
    for (const { account, lotId } of this.pieces) {
      add(account, lotId, 1);
      add('supplier', lotId, -1);
    }
    return new Map([...counts].filter(([, count]) => count !== 0).sort());
  }
}
