/** A column of the table of a paper; widths are shares of the line. */
export interface PaperColumn {
  readonly title: string;
  readonly width: number;
  readonly align?: 'left' | 'right' | 'center';
}

/** A paper of the office as it is laid out, whatever it is about. */
export interface Paper {
  readonly title: string;
  readonly titleEn: string;
  readonly number: string;
  /** What has become of it, across the head: `已冲销`. */
  readonly stamp: string | null;
  /** True when goods or places on it are invented for a demonstration. */
  readonly synthetic: boolean;
  readonly facts: readonly (readonly [label: string, value: string])[];
  readonly columns: readonly PaperColumn[];
  readonly rows: readonly (readonly string[])[];
  /** Lowest height of a row in points; more where people write by hand. */
  readonly rowHeight?: number;
  /** Below the table: `合计`. */
  readonly totals: string;
  /** Who signs, each with room for a signature. */
  readonly signers: readonly string[];
  /** What the QR code says. */
  readonly code: string;
  /** The moment the paper is about, for its file; the same paper is the same file however often it is printed. */
  readonly at: Date;
}

/** More lines than anybody reads on paper; the reader asks for a part or for the list. */
export const MAX_PAPER_LINES = 2_000;
