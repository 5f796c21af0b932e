const ELLIPSIS = '…';
/**
 * A run that is kept together where it fits: a code, a number, a Latin word, or a character with the punctuation that
 * closes it, which must not begin a line. Everything else breaks anywhere.
 */
const RUN = /(?:[\x21-\x7e]+|\s+|.)[，。、；：！？）】》」』]*/gsu;

/**
 * Breaks a text into lines of a width, as Chinese is set: after any character, but not within a code or a number that
 * fits a line of its own.
 * @param widthOf   width of a text in the unit of `width`
 * @param mostLines  what does not fit ends in an ellipsis
 * @returns at least one line
 */
export function wrap(
  text: string,
  { width, mostLines, widthOf }: { width: number; mostLines: number; widthOf: (text: string) => number },
): string[] {
  const lines: string[] = [];
  let line = '';
  const close = (): void => {
    lines.push(line.trimEnd());
    line = '';
  };
  for (const run of text.trim().match(RUN) ?? []) {
    if (widthOf(line + run) <= width) line += run;
    else if (widthOf(run) <= width) {
      close();
      line = run.trimStart();
    } else {
      for (const character of run) {
        if (line !== '' && widthOf(line + character) > width) close();
        line += character;
      }
    }
  }
  close();
  return lines.length <= mostLines ? lines : cutOff(lines.slice(0, mostLines), width, widthOf);
}

function cutOff(lines: string[], width: number, widthOf: (text: string) => number): string[] {
  let last = [...(lines.at(-1) ?? '')];
  while (last.length > 0 && widthOf(last.join('') + ELLIPSIS) > width) last = last.slice(0, -1);
  return [...lines.slice(0, -1), last.join('') + ELLIPSIS];
}
