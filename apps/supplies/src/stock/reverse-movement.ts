import { Injectable } from '@nestjs/common';
import { DomainError, parseDepotAccount, type Account, type Caller } from '@ledger/contracts';
import { safeInteger, type Cause, type Tx } from '@ledger/platform';
import { mayActAt, regionPattern } from '../scope';
import { isReversible, type MovementKind } from './domain/movement-kinds';
import { reversedPostings, type Posting } from './domain/posting';
import { recorderOf } from './domain/recorder';
import type { ReverseMovementResponse } from './dto/movement.dto';
import { LotsRepository, piecesInside, type KnownLot } from './lots.repository';
import { ReversalHooks } from './reversal-hooks';
import { StockRepository } from './stock.repository';

export interface Reversal {
  readonly movementId: string;
  readonly caller: Caller;
  readonly reason: string;
}

interface PastMovement {
  readonly id: string;
  readonly kind: MovementKind;
  readonly allocationId: string | null;
  readonly depotId: string | null;
  readonly depotRegionCode: string | null;
  readonly depotOrganisationId: string | null;
  readonly siteId: string | null;
  readonly siteInRegion: boolean | null;
  readonly reversed: boolean;
}

/** Undoes a movement by another one that names it: history is appended, never changed. */
@Injectable()
export class ReverseMovementUseCase {
  constructor(
    private readonly stock: StockRepository,
    private readonly hooks: ReversalHooks,
    private readonly lots: LotsRepository,
  ) {}

  /**
   * Posts the same quantities the other way round, as far as the goods are still where the movement put them.
   * @throws DomainError in this order: SUPPLIES_MOVEMENT_NOT_FOUND (also out of the caller's reach),
   *   SUPPLIES_MOVEMENT_ALREADY_REVERSED, SUPPLIES_MOVEMENT_NOT_REVERSIBLE, what a feature says whose record names the
   *   movement, SUPPLIES_LOT_NOT_ISSUABLE when pieces of a held or recalled lot would become available,
   *   SUPPLIES_QUANTITY_EXCEEDS_BALANCE, SUPPLIES_SERIAL_NUMBER_KNOWN when a numbered piece is in the books again
   */
  async execute(
    tx: Tx,
    { movementId, caller, reason }: Reversal,
    causeFor: (allocationId: string | null) => Cause,
  ): Promise<ReverseMovementResponse> {
    await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`reversal ${movementId.toLowerCase()}`]);
    const movement = await find(tx, movementId, caller);
    if (movement.reversed) throw new DomainError('SUPPLIES_MOVEMENT_ALREADY_REVERSED');
    if (!isReversible(movement.kind)) {
      throw new DomainError('SUPPLIES_MOVEMENT_NOT_REVERSIBLE', { facts: { kind: movement.kind } });
    }
    const cause = causeFor(movement.allocationId);
    const recordedBy = recorderOf(caller);
    await this.hooks.run(tx, { movementId: movement.id, recordedBy, reason, cause });
    const postings = reversedPostings(await postingsOf(tx, movement.id));
    const lots = await this.lots.share(
      tx,
      postings.map(({ lotId }) => lotId),
    );
    assertMayBecomeAvailable(postings, lots);
    const posted = await this.stock.post(
      tx,
      {
        businessKey: `reverse:${movement.id}`,
        kind: 'reversal',
        recordedBy,
        reversesMovementId: movement.id,
        allocationId: movement.allocationId ?? undefined,
        depotId: movement.depotId ?? undefined,
        siteId: movement.siteId ?? undefined,
        note: reason,
      },
      postings,
      cause,
    );
    await assertOnePiece(tx, lots);
    return {
      movementId: posted.movementId,
      reversesMovementId: movement.id,
      postedAt: posted.postedAt.toISOString(),
    };
  }
}

/** @throws DomainError SUPPLIES_LOT_NOT_ISSUABLE */
function assertMayBecomeAvailable(postings: readonly Posting[], lots: ReadonlyMap<string, KnownLot>): void {
  for (const { lotId, to } of postings) {
    const quality = lots.get(lotId)?.quality;
    if (parseDepotAccount(to)?.state !== 'available' || quality === 'good') continue;
    throw new DomainError('SUPPLIES_LOT_NOT_ISSUABLE', { facts: { lotId, reason: quality ?? null } });
  }
}

/** @throws DomainError SUPPLIES_SERIAL_NUMBER_KNOWN */
async function assertOnePiece(tx: Tx, lots: ReadonlyMap<string, KnownLot>): Promise<void> {
  const numbered = [...lots.values()].filter(({ serialNumber }) => serialNumber !== null);
  const pieces = await piecesInside(
    tx,
    numbered.map(({ id }) => id),
  );
  const doubled = numbered.find(({ id }) => (pieces.get(id) ?? 0) > 1);
  if (!doubled) return;
  const { itemCode, serialNumber } = doubled;
  throw new DomainError('SUPPLIES_SERIAL_NUMBER_KNOWN', { facts: { itemCode, serialNumber } });
}

async function find(tx: Tx, movementId: string, caller: Caller): Promise<PastMovement> {
  const [movement] = await tx.query<PastMovement>(
    `SELECT movement.id, movement.kind, movement.allocation_id AS "allocationId", movement.depot_id AS "depotId",
            depot.region_code AS "depotRegionCode", depot.organisation_id AS "depotOrganisationId",
            movement.site_id AS "siteId", site.region_code LIKE $2 AS "siteInRegion",
            EXISTS (SELECT 1 FROM movements AS reversal WHERE reversal.reverses_movement_id = movement.id) AS reversed
     FROM movements AS movement
     LEFT JOIN depots AS depot ON depot.id = movement.depot_id
     LEFT JOIN sites AS site ON site.id = movement.site_id
     WHERE movement.id = $1`,
    [movementId, regionPattern(caller.regionCode)],
  );
  if (!movement || !isWithinReach(caller, movement)) throw new DomainError('SUPPLIES_MOVEMENT_NOT_FOUND');
  return movement;
}

/** A movement of a depot is undone by those who may move its goods; one at a site by the people of its region. */
function isWithinReach(caller: Caller, movement: PastMovement): boolean {
  const { depotRegionCode, depotOrganisationId } = movement;
  if (depotRegionCode === null || depotOrganisationId === null) return movement.siteInRegion === true;
  return mayActAt(caller, { regionCode: depotRegionCode, organisationId: depotOrganisationId });
}

async function postingsOf(tx: Tx, movementId: string): Promise<Posting[]> {
  const rows = await tx.query<
    Omit<Posting, 'quantityBase' | 'from' | 'to'> & { quantity: string; from: Account; to: Account }
  >(
    `SELECT posting.lot_id AS "lotId", lot.item_code AS "itemCode", lot.expiry_date::text AS "expiryDate",
            posting.from_account AS "from", posting.to_account AS "to", posting.quantity_base AS quantity,
            posting.line_id AS "lineId"
     FROM postings AS posting JOIN lots AS lot ON lot.id = posting.lot_id
     WHERE posting.movement_id = $1 ORDER BY posting.position`,
    [movementId],
  );
  return rows.map(({ quantity, ...posting }) => ({ ...posting, quantityBase: safeInteger(quantity) }));
}
