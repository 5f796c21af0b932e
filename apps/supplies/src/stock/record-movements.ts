import { Injectable } from '@nestjs/common';
import { parseDepotAccount, regionCovers, type Caller } from '@ledger/contracts';
import { newId, type Cause, type Tx } from '@ledger/platform';
import { DepotsRepository, type Depot, type DepotWish } from '../catalogue/depots.repository';
import { NOT_JOINT } from '../sharing/joint-lots';
import { chinaDay } from './domain/calendar';
import { handPostings, type HandMovement, type KnownLot } from './domain/hand-movements';
import { recorderOf } from './domain/recorder';
import type { RecordedMovementResponse } from './dto/hand-movement.dto';
import { StockRepository, type MovementToPost } from './stock.repository';

/** A movement by hand, who enters it, and what brought it about. */
export interface EnteredMovement {
  readonly caller: Caller;
  readonly movement: HandMovement;
  readonly cause: Cause;
}

interface LotRow extends Omit<KnownLot, 'isJoint'> {
  readonly ownerRegionCode: string;
  /** Depots among those asked about that have, or once had, pieces of it. */
  readonly depotIds: readonly string[];
  /** Those of them in which it is held jointly. */
  readonly jointDepotIds: readonly string[];
}

/** Records movements that keepers enter by hand: one, or many that arrive together. */
@Injectable()
export class RecordMovementsUseCase {
  constructor(
    private readonly depots: DepotsRepository,
    private readonly stock: StockRepository,
  ) {}

  /**
   * Writes all of the movements, in their order, or none; the number of statements does not depend on how many there are.
   * @returns one answer per movement, in the order given
   * @throws DomainError in this order, for the first movement it is true of: SUPPLIES_DEPOT_NOT_FOUND (also out of the
   *   caller's reach), SUPPLIES_DEPOT_CLOSED, what `handPostings` refuses, SUPPLIES_DEPOT_FULL, SUPPLIES_QUANTITY_EXCEEDS_BALANCE
   */
  async execute(tx: Tx, entered: readonly EnteredMovement[]): Promise<RecordedMovementResponse[]> {
    const depots = await this.depots.findAllFor(tx, entered.map(wishOf));
    const lots = await knownLots(tx, entered);
    const today = chinaDay(tx.now);
    const list = entered.map(({ caller, movement: wanted, cause }, index) => {
      const movement = { ...wanted, depotId: depots[index].id };
      return {
        movement: {
          businessKey: `${movement.kind}:${newId()}`,
          kind: movement.kind,
          depotId: movement.depotId,
          note: movement.note,
          recordedBy: recorderOf(caller),
        },
        postings: handPostings(movement, visibleTo(caller, movement.depotId, lots), today),
        cause,
      };
    });
    await this.assertRoom(tx, depots, list);
    const posted = await this.stock.postAll(tx, list);
    return posted.map(({ movementId, sequence, postedAt }) => ({
      movementId,
      sequence,
      postedAt: postedAt.toISOString(),
    }));
  }

  private async assertRoom(tx: Tx, depots: readonly Depot[], list: readonly MovementToPost[]): Promise<void> {
    const received = list.flatMap(({ movement, postings }) => (movement.kind === 'receipt' ? postings : []));
    for (const depot of new Map(depots.map((each) => [each.id, each])).values()) {
      const goods = received.filter(({ to }) => parseDepotAccount(to)?.depotId === depot.id);
      if (goods.length > 0) await this.depots.assertRoomFor(tx, depot, goods);
    }
  }
}

const wishOf = ({ caller, movement }: EnteredMovement): DepotWish => ({
  caller,
  depotId: movement.depotId,
  work: movement.kind === 'receipt' ? 'receive' : 'clear',
});

/** Lots of the lines; their key locks keep a recall from slipping in between the decision and the posting. */
async function knownLots(tx: Tx, entered: readonly EnteredMovement[]): Promise<LotRow[]> {
  const lotIds = new Set(entered.flatMap(({ movement }) => movement.lines.map(({ lotId }) => lotId)));
  const depotIds = new Set(entered.map(({ movement }) => movement.depotId));
  return tx.query<LotRow>(
    `SELECT lot.id, lot.item_code AS "itemCode", lot.expiry_date::text AS "expiryDate", lot.quality, lot.origin,
            lot.serial_number AS "serialNumber", lot.purpose_bound AS "purposeBound", lot.owner_region_code AS "ownerRegionCode",
            ARRAY(SELECT balance.depot_id::text FROM balances AS balance
                  WHERE balance.lot_id = lot.id AND balance.depot_id = ANY($2)) AS "depotIds",
            ARRAY(SELECT balance.depot_id::text FROM balances AS balance
                  WHERE balance.lot_id = lot.id AND balance.depot_id = ANY($2) AND NOT ${NOT_JOINT}) AS "jointDepotIds"
     FROM lots AS lot WHERE lot.id = ANY($1) ORDER BY lot.id FOR KEY SHARE OF lot`,
    [[...lotIds], [...depotIds]],
  );
}

/** A lot can be named by those whose region owns it, and where it lies or once lay. */
function visibleTo(caller: Caller, depotId: string, lots: readonly LotRow[]): Map<string, KnownLot> {
  const isVisible = ({ ownerRegionCode, depotIds }: LotRow): boolean =>
    regionCovers(caller.regionCode, ownerRegionCode) || depotIds.includes(depotId);
  const isJoint = ({ jointDepotIds }: LotRow): boolean => jointDepotIds.includes(depotId);
  return new Map(lots.filter(isVisible).map((lot) => [lot.id, { ...lot, isJoint: isJoint(lot) }]));
}
