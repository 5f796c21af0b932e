import { Injectable } from '@nestjs/common';
import { DomainError } from '@ledger/contracts';
import { safeInteger, type Tx } from '@ledger/platform';
import type { Recorder } from '../stock/domain/recorder';

export interface Placement {
  readonly binId: string;
  readonly lotId: string;
  readonly quantityBase: number;
  readonly by: Recorder;
}

/** Writes zones, bins, and the notes on what lies in them. */
@Injectable()
export class BinsRepository {
  /** @throws DomainError SUPPLIES_ZONE_CODE_TAKEN */
  async insertZone(
    tx: Tx,
    zone: { readonly id: string; readonly depotId: string; readonly code: string; readonly name: string },
  ): Promise<void> {
    const inserted = await tx.execute(
      'INSERT INTO depot_zones (id, depot_id, code, name) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING',
      [zone.id, zone.depotId, zone.code, zone.name],
    );
    if (inserted === 0) throw new DomainError('SUPPLIES_ZONE_CODE_TAKEN');
  }

  /** @throws DomainError SUPPLIES_ZONE_UNKNOWN, also for a zone of another depot */
  async zoneCode(tx: Tx, depotId: string, zoneId: string): Promise<string> {
    const [zone] = await tx.query<{ code: string }>('SELECT code FROM depot_zones WHERE id = $1 AND depot_id = $2', [
      zoneId,
      depotId,
    ]);
    if (!zone) throw new DomainError('SUPPLIES_ZONE_UNKNOWN');
    return zone.code;
  }

  /** @throws DomainError SUPPLIES_BIN_LABEL_TAKEN */
  async insertBin(
    tx: Tx,
    bin: {
      readonly id: string;
      readonly depotId: string;
      readonly zoneId: string | null;
      readonly label: string;
      readonly note: string | null;
    },
  ): Promise<void> {
    const inserted = await tx.execute(
      `INSERT INTO depot_bins (id, depot_id, zone_id, label, note) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING`,
      [bin.id, bin.depotId, bin.zoneId, bin.label, bin.note],
    );
    if (inserted === 0) throw new DomainError('SUPPLIES_BIN_LABEL_TAKEN');
  }

  /** @throws DomainError SUPPLIES_BIN_NOT_FOUND, also for a bin of another depot */
  async binLabel(tx: Tx, depotId: string, binId: string): Promise<string> {
    const [bin] = await tx.query<{ label: string }>('SELECT label FROM depot_bins WHERE id = $1 AND depot_id = $2', [
      binId,
      depotId,
    ]);
    if (!bin) throw new DomainError('SUPPLIES_BIN_NOT_FOUND');
    return bin.label;
  }

  /** Lets two people who note the same lot in the same depot do it one after the other. */
  async lockPlacements(tx: Tx, depotId: string, lotId: string): Promise<void> {
    await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [
      `placements ${depotId.toLowerCase()} ${lotId.toLowerCase()}`,
    ]);
  }

  /** What the depot holds of a lot, and what is noted of it in its other bins. */
  async lotInDepot(
    tx: Tx,
    place: { readonly depotId: string; readonly lotId: string; readonly binId: string },
  ): Promise<{ balanceBase: number; elsewhereBase: number }> {
    const [row] = await tx.query<{ balance: string; elsewhere: string }>(
      `SELECT (SELECT coalesce(sum(quantity_base), 0) FROM balances WHERE depot_id = $1 AND lot_id = $2) AS balance,
              (SELECT coalesce(sum(placement.quantity_base), 0) FROM depot_bin_lots AS placement
               JOIN depot_bins AS bin ON bin.id = placement.bin_id
               WHERE bin.depot_id = $1 AND placement.lot_id = $2 AND bin.id <> $3) AS elsewhere`,
      [place.depotId, place.lotId, place.binId],
    );
    return { balanceBase: safeInteger(row.balance), elsewhereBase: safeInteger(row.elsewhere) };
  }

  async place(tx: Tx, placement: Placement): Promise<void> {
    if (placement.quantityBase === 0) {
      await tx.execute('DELETE FROM depot_bin_lots WHERE bin_id = $1 AND lot_id = $2', [
        placement.binId,
        placement.lotId,
      ]);
      return;
    }
    await tx.execute(
      `INSERT INTO depot_bin_lots (bin_id, lot_id, quantity_base, placed_by, placed_by_id, placed_at)
       VALUES ($1, $2, $3, $4, $5, $6)
       ON CONFLICT (bin_id, lot_id) DO UPDATE SET quantity_base = EXCLUDED.quantity_base, placed_by = EXCLUDED.placed_by,
         placed_by_id = EXCLUDED.placed_by_id, placed_at = EXCLUDED.placed_at`,
      [
        placement.binId,
        placement.lotId,
        placement.quantityBase,
        placement.by.name,
        placement.by.userId,
        tx.now.toISOString(),
      ],
    );
  }
}
