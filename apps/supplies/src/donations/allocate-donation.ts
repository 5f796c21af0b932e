import { Injectable } from '@nestjs/common';
import { DomainError, depotAccount, type Caller } from '@ledger/contracts';
import { newId, type Cause, type Tx } from '@ledger/platform';
import { DepotsRepository } from '../catalogue/depots.repository';
import { chinaDay, type Day } from '../stock/domain/calendar';
import { whyNotIssuable, type LotQuality } from '../stock/domain/lot';
import { recorderOf } from '../stock/domain/recorder';
import { StockRepository } from '../stock/stock.repository';
import { DonationsRepository } from './donations.repository';
import type { AllocateDonationRequest, AllocateDonationResponse } from './dto/donation-goods.dto';
import { DonationPurposes } from './purposes.repository';

export interface DonationAllocation {
  readonly caller: Caller;
  readonly donationId: string;
  readonly request: AllocateDonationRequest;
}

/**
 * Gives donated goods out for their purpose, straight from the depot: to a group, or in peacetime, where no incident's
 * allocation asks for them. Goods for an incident or a region also leave by the allocations of the dispatch saga.
 */
@Injectable()
export class AllocateDonationUseCase {
  constructor(
    private readonly depots: DepotsRepository,
    private readonly donations: DonationsRepository,
    private readonly purposes: DonationPurposes,
    private readonly stock: StockRepository,
  ) {}

  /**
   * @throws DomainError in this order: SUPPLIES_DONATION_NOT_FOUND, SUPPLIES_DEPOT_NOT_FOUND (both also out of reach),
   *   SUPPLIES_DONATION_LINE_UNKNOWN for a line that has no goods in store, SUPPLIES_DONATION_PURPOSE_BREACH,
   *   SUPPLIES_LOT_NOT_ISSUABLE, SUPPLIES_QUANTITY_EXCEEDS_BALANCE
   * Source: plan 004 §22 (donations).
   */
  async execute(tx: Tx, input: DonationAllocation, cause: Cause): Promise<AllocateDonationResponse> {
    const { caller, request } = input;
    const donation = await this.donations.lockFor(tx, caller, input.donationId);
    const depot = await this.depots.findFor(tx, caller, request.depotId ?? donation.depotId, 'clear');
    const line = donation.lines.find(({ lineId }) => lineId === request.lineId.toLowerCase());
    if (!line?.lotId) throw new DomainError('SUPPLIES_DONATION_LINE_UNKNOWN');
    const { lotId, itemCode } = line;
    const destination = {
      regionCode: request.regionCode,
      incidentId: request.incidentId?.toLowerCase() ?? null,
      group: request.group ?? null,
    };
    await this.purposes.assertFit(tx, [lotId], destination);
    const expiryDate = await assertIssuable(tx, lotId);
    const { quantityBase } = request;
    const from = depotAccount(depot.id, 'available');
    const allocationId = newId();
    const { movementId } = await this.stock.post(
      tx,
      {
        ...{ businessKey: `donation-allocation:${allocationId}`, kind: 'use', depotId: depot.id },
        ...{ recordedBy: recorderOf(caller), note: `${donation.number} → ${request.receiver}` },
      },
      [{ lotId, itemCode, expiryDate, from, to: 'consumed', quantityBase, lineId: null }],
      cause,
    );
    const goods = { donationId: donation.id, lineId: line.lineId, lotId, movementId, depotId: depot.id, quantityBase };
    await insert(tx, { allocationId, ...goods, ...destination, receiver: request.receiver, caller });
    return { allocationId, movementId, lotId, quantityBase };
  }
}

/** The lot's expiry date. The key lock keeps a recall from slipping in between. @throws DomainError SUPPLIES_LOT_NOT_ISSUABLE */
async function assertIssuable(tx: Tx, lotId: string): Promise<Day | null> {
  const [lot] = await tx.query<{ expiryDate: Day | null; quality: LotQuality }>(
    'SELECT expiry_date::text AS "expiryDate", quality FROM lots WHERE id = $1 FOR KEY SHARE',
    [lotId],
  );
  const reason = whyNotIssuable(lot, chinaDay(tx.now));
  if (reason) throw new DomainError('SUPPLIES_LOT_NOT_ISSUABLE', { facts: { lotId, reason } });
  return lot.expiryDate;
}

async function insert(
  tx: Tx,
  row: {
    readonly allocationId: string;
    readonly donationId: string;
    readonly lineId: string;
    readonly lotId: string;
    readonly movementId: string;
    readonly depotId: string;
    readonly quantityBase: number;
    readonly regionCode: string;
    readonly incidentId: string | null;
    readonly group: string | null;
    readonly receiver: string;
    readonly caller: Caller;
  },
): Promise<void> {
  await tx.execute(
    `INSERT INTO donation_allocations (id, donation_id, line_id, lot_id, movement_id, depot_id, quantity_base, region_code,
                                       incident_id, group_code, receiver, recorded_by, recorded_by_id)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
    [
      ...[row.allocationId, row.donationId, row.lineId, row.lotId, row.movementId, row.depotId, row.quantityBase],
      ...[row.regionCode, row.incidentId, row.group, row.receiver, row.caller.displayName, row.caller.userId],
    ],
  );
}
