import { Injectable } from '@nestjs/common';
import { DomainError } from '@ledger/contracts';
import type { Tx } from '@ledger/platform';
import type { Recorder } from '../stock/domain/recorder';
import { allows, type Destination, type Purpose } from './domain/purpose';

interface BoundLot extends Purpose {
  readonly lotId: string;
}

/** The number and the reason of the paper that frees a lot. */
export interface Lift {
  readonly lotId: string;
  readonly paperNumber: string;
  readonly reason: string;
  readonly liftedBy: Recorder;
}

/**
 * What lots were given for. Whoever lets goods go asks here first; `lots.purpose_bound` says in short whether there is
 * anything to ask.
 */
@Injectable()
export class DonationPurposes {
  /** Binds new lots to the purpose of their donation. */
  async bind(tx: Tx, donationId: string, lotIds: readonly string[], purpose: Purpose): Promise<void> {
    if (purpose.kind === 'undirected') return;
    await tx.execute(
      `INSERT INTO donation_purposes (lot_id, donation_id, purpose_kind, purpose_region_code, purpose_incident_id, purpose_group)
       SELECT lot_id, $2, $3, $4, $5, $6 FROM unnest($1::uuid[]) AS lot_id`,
      [lotIds, donationId, purpose.kind, purpose.regionCode, purpose.incidentId, purpose.group],
    );
    await tx.execute('UPDATE lots SET purpose_bound = true WHERE id = ANY($1)', [lotIds]);
  }

  /** Frees a lot; a second time it changes nothing. */
  async lift(tx: Tx, { lotId, paperNumber, reason, liftedBy }: Lift): Promise<void> {
    const lifted = await tx.execute(
      `INSERT INTO donation_purpose_lifts (lot_id, paper_number, reason, lifted_by, lifted_by_id)
       VALUES ($1, $2, $3, $4, $5) ON CONFLICT (lot_id) DO NOTHING`,
      [lotId, paperNumber, reason, liftedBy.name, liftedBy.userId],
    );
    if (lifted > 0) await tx.execute('UPDATE lots SET purpose_bound = false WHERE id = $1', [lotId]);
  }

  /** Lots among these that may not go to a destination. */
  async boundElsewhere(tx: Tx, lotIds: readonly string[], destination: Destination): Promise<Set<string>> {
    if (lotIds.length === 0) return new Set();
    const bound = await tx.query<BoundLot>(
      `SELECT purpose.lot_id AS "lotId", purpose.purpose_kind AS kind, purpose.purpose_region_code AS "regionCode",
              purpose.purpose_incident_id AS "incidentId", purpose.purpose_group AS "group"
       FROM donation_purposes AS purpose JOIN lots AS lot ON lot.id = purpose.lot_id
       WHERE purpose.lot_id = ANY($1) AND lot.purpose_bound`,
      [lotIds],
    );
    return new Set(bound.filter((purpose) => !allows(purpose, destination)).map(({ lotId }) => lotId));
  }

  /** @throws DomainError SUPPLIES_DONATION_PURPOSE_BREACH for the first lot that may not go there */
  async assertFit(tx: Tx, lotIds: readonly string[], destination: Destination): Promise<void> {
    const [lotId] = await this.boundElsewhere(tx, lotIds, destination);
    if (lotId !== undefined) throw new DomainError('SUPPLIES_DONATION_PURPOSE_BREACH', { facts: { lotId } });
  }
}
