import { DomainError, type FieldFault } from '@ledger/contracts';

export interface LoadedLine {
  readonly lineId: string;
  readonly itemCode: string;
  readonly quantityBase: number;
}

/** What the receiver signs for, per line: usable, damaged and lost pieces. */
export interface ReportedLine {
  readonly lineId: string;
  readonly receivedBase: number;
  readonly damagedBase: number;
  readonly lostBase: number;
}

export interface DeliveredLine extends ReportedLine {
  readonly itemCode: string;
  /** Neither handed over nor known to be lost. */
  readonly missingBase: number;
}

/**
 * Sets what was handed over against the load: the rest of every line is missing, so no piece goes unaccounted for.
 * @param load  one entry per line of the trip; empty for a trip without goods
 * @returns one entry per line of the load, in its order; received + damaged + lost + missing = loaded
 * @throws DomainError TRANSPORT_DELIVERY_MISMATCH naming every line that is unknown, named twice, left out, or reported
 * with more pieces than were loaded
 */
export function settleDelivery(load: readonly LoadedLine[], reported: readonly ReportedLine[]): DeliveredLine[] {
  const faults: FieldFault[] = [];
  const byLine = new Map<string, ReportedLine>();
  reported.forEach((line, index) => {
    const pointer = `/lines/${index}`;
    const loaded = load.find((one) => one.lineId === line.lineId);
    if (!loaded) faults.push({ pointer, reason: 'the trip carries no such line' });
    else if (byLine.has(line.lineId)) faults.push({ pointer, reason: 'the line is named twice' });
    else if (piecesOf(line) > loaded.quantityBase) {
      faults.push({ pointer, reason: `${piecesOf(line)} pieces are reported, ${loaded.quantityBase} were loaded` });
    }
    byLine.set(line.lineId, line);
  });
  for (const { lineId } of load) {
    if (!byLine.has(lineId)) faults.push({ pointer: '/lines', reason: `line ${lineId} of the load is left out` });
  }
  if (faults.length > 0) throw new DomainError('TRANSPORT_DELIVERY_MISMATCH', { errors: faults });
  return load.map((loaded) => deliveredLine(loaded, byLine.get(loaded.lineId)));
}

const piecesOf = (line: ReportedLine): number => line.receivedBase + line.damagedBase + line.lostBase;

function deliveredLine(loaded: LoadedLine, line: ReportedLine | undefined): DeliveredLine {
  const { lineId, itemCode, quantityBase } = loaded;
  const { receivedBase = 0, damagedBase = 0, lostBase = 0 } = line ?? {};
  const missingBase = quantityBase - receivedBase - damagedBase - lostBase;
  return { lineId, itemCode, receivedBase, damagedBase, lostBase, missingBase };
}
