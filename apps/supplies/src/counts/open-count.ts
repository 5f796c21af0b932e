import { Injectable } from '@nestjs/common';
import { DomainError, type Caller } from '@ledger/contracts';
import { safeInteger, type Tx } from '@ledger/platform';
import { DepotsRepository } from '../catalogue/depots.repository';
import { CountLinesRepository, type Selection } from './count-lines.repository';
import { CountsRepository } from './counts.repository';
import type { OpenCountRequest, OpenCountResponse } from './dto/count.dto';
import { dueItems } from './due-items';

export interface CountOpening {
  readonly caller: Caller;
  readonly request: OpenCountRequest;
}

/** More lines than one count can be worked through; a larger depot is counted by zone or by item. */
const MAX_LINES = 10_000;

/** Lists what is to be counted in a depot, at the present position of the ledger. */
@Injectable()
export class OpenCountUseCase {
  constructor(
    private readonly depots: DepotsRepository,
    private readonly counts: CountsRepository,
    private readonly lines: CountLinesRepository,
  ) {}

  /**
   * A full count lists everything the depot holds; a cycle count the chosen lots, items or zone, or the items that are
   * due. Goods go on moving: opening a count holds nothing.
   * @throws DomainError in this order: SUPPLIES_DEPOT_NOT_FOUND (also out of the caller's reach) or what else the depot
   *   does not allow, REQUEST_INVALID, SUPPLIES_COUNT_EMPTY, SUPPLIES_COUNT_TOO_LARGE, SUPPLIES_COUNT_OVERLAPS
   * Source: plan 004 §22 (central management).
   */
  async execute(tx: Tx, { caller, request }: CountOpening): Promise<OpenCountResponse> {
    const depot = await this.depots.findFor(tx, caller, request.depotId);
    const selection = await selectionOf(tx, request);
    const blind = request.blind ?? true;
    const count = await this.counts.insert(tx, {
      kind: request.kind,
      depotId: depot.id,
      blind,
      note: request.note,
      openedBy: caller.displayName,
      openedById: caller.userId,
    });
    const { held, listed } = await this.lines.list(tx, { id: count.id, depotId: depot.id }, selection);
    if (held === 0) throw new DomainError('SUPPLIES_COUNT_EMPTY');
    if (held > MAX_LINES)
      throw new DomainError('SUPPLIES_COUNT_TOO_LARGE', { facts: { lines: held, most: MAX_LINES } });
    if (listed < held) throw new DomainError('SUPPLIES_COUNT_OVERLAPS', { facts: { lines: held - listed } });
    return {
      countId: count.id,
      number: safeInteger(count.number),
      state: 'counting',
      blind,
      lines: listed,
      openedAt: count.openedAt.toISOString(),
    };
  }
}

/** @throws DomainError REQUEST_INVALID unless a cycle count says in exactly one way what it covers, and a full one not */
async function selectionOf(tx: Tx, request: OpenCountRequest): Promise<Selection> {
  const { kind, lotIds, itemCodes, zone, due, depotId } = request;
  const named = [lotIds, itemCodes, zone, due].filter((way) => way !== undefined && way !== false).length;
  if (named !== (kind === 'full' ? 0 : 1)) {
    const reason =
      kind === 'full' ? 'a full count covers everything' : 'name lotIds, itemCodes, zone or due, one of them';
    throw new DomainError('REQUEST_INVALID', { errors: [{ pointer: '/kind', reason }] });
  }
  return due ? { itemCodes: await dueItems(tx, depotId) } : { lotIds, itemCodes, zone };
}
