import bwipjs from 'bwip-js/node';

/** Dark modules of a QR code as runs: place and length in modules. Drawn as lines, it stays sharp at any size. */
export interface QrCode {
  readonly size: number;
  readonly runs: readonly { readonly x: number; readonly y: number; readonly length: number }[];
}

interface Matrix {
  readonly pixs: readonly number[];
  readonly pixx: number;
  readonly pixy: number;
}

/** @param text  what a scanner reads; an id or a short address */
export function qrCode(text: string): QrCode {
  const [{ pixs, pixx }] = bwipjs.raw('qrcode', text, 'eclevel=M') as unknown as [Matrix];
  const runs: { x: number; y: number; length: number }[] = [];
  pixs.forEach((dark, index) => {
    if (!dark) return;
    const [x, y] = [index % pixx, Math.floor(index / pixx)];
    const last = runs.at(-1);
    if (last && last.y === y && last.x + last.length === x) last.length++;
    else runs.push({ x, y, length: 1 });
  });
  return { size: pixx, runs };
}
