/** A source of pseudo-random numbers that always gives the same sequence for the same name. */
export interface Random {
  /** A number in [0, 1). */
  fraction(): number;
  /** An integer in [low, high], both included. */
  integer(low: number, high: number): number;
  /** One of the choices; throws RangeError on an empty list. */
  pick<T>(choices: readonly T[]): T;
}

/** Part of every stream's name: another text here gives another, equally valid, set of demonstration data. */
const SEED = 'ledger-2026';

/**
 * Opens the stream of one purpose. Every place, lot and vehicle draws from a stream of its own name, so that a row added
 * to one table never changes the rows of another.
 */
export function randomFor(purpose: string): Random {
  let state = hash(`${SEED}/${purpose}`);
  const fraction = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    return mix(state) / 2 ** 32;
  };
  return {
    fraction,
    integer: (low, high) => low + Math.floor(fraction() * (high - low + 1)),
    pick: (choices) => {
      const choice = choices[Math.floor(fraction() * choices.length)];
      if (choice === undefined) throw new RangeError('cannot pick from an empty list');
      return choice;
    },
  };
}

/** FNV-1a over UTF-16 code units, 32 bits. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  }
  return value | 0;
}

/** The output step of mulberry32 (public domain, T. Ettinger): an unsigned 32-bit integer. */
function mix(state: number): number {
  let value = Math.imul(state ^ (state >>> 15), state | 1);
  value ^= value + Math.imul(value ^ (value >>> 7), value | 61);
  return (value ^ (value >>> 14)) >>> 0;
}
