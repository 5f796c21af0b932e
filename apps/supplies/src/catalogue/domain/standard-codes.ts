import type { FieldFault } from '@ledger/contracts';

/**
 * A code of GB/T 38565-2020: one digit for the class (1 basic living, 2 equipment, 3 engineering) and three pairs of
 * digits from 01 to 99. Source: the standard's §5.2 as quoted at huanwenwen.com/article-55155.html, read 2026-11.
 */
export const STANDARD_CODE_PATTERN = /^[123](?:0[1-9]|[1-9]\d){3}$/;

export interface StandardCodeLine {
  readonly code: string;
  readonly nameZh: string;
}

/** @returns what is wrong with the rows of an import, by their place; empty when all can be taken */
export function standardCodeFaults(rows: readonly StandardCodeLine[]): FieldFault[] {
  const seen = new Set<string>();
  return rows.flatMap(({ code }, index) => {
    const pointer = `/rows/${index}/code`;
    if (!STANDARD_CODE_PATTERN.test(code)) return [{ pointer, reason: 'has not the form of a code of GB/T 38565' }];
    if (seen.has(code)) return [{ pointer, reason: 'came before in this import' }];
    seen.add(code);
    return [];
  });
}
