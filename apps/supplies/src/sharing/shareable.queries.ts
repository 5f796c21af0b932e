import { Injectable, type OnModuleInit } from '@nestjs/common';
import { dayInChina, regionCovers, tiersApart, type Caller } from '@ledger/contracts';
import { Database } from '@ledger/platform';
import { CallableSources, type CallablePlace, type NamedSource } from '../reserves/callable-sources';
import { refuseEnterprise } from '../reserves/reach';
import { chinaDay, type Day } from '../stock/domain/calendar';
import type { ShareablesResponse, ShareableQuery, ShareableResponse } from './dto/callable.dto';
import { isEitherSide } from './reach';
import { depotsAboveFloor, shareableLines, type ShareableLine } from './shareable-lines';

/**
 * What a neighbour may call, and nothing else of the neighbour's stock. Source: plan 004 §3.
 */
@Injectable()
export class ShareableQueries implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly sources: CallableSources,
  ) {}

  onModuleInit(): void {
    this.sources.add((place) => this.neighbours(place));
  }

  /** What the region may call of its neighbours under agreements in force; empty without one. */
  async shareable(caller: Caller, { item, region = caller.regionCode }: ShareableQuery): Promise<ShareablesResponse> {
    refuseEnterprise(caller);
    const [{ now }] = await this.database.query<{ now: Date }>('SELECT now() AS now');
    const day = chinaDay(now);
    const lines = (await shareableLines(this.database, item, day)).filter((line) => isTaker(line, region));
    const reached = lines.filter(({ takerRegionCode }) => isEitherSide(caller, takerRegionCode));
    const items: ShareableResponse[] = [];
    for (const line of reached) items.push(await this.responseOf(line, day));
    return { itemCode: item, items };
  }

  /** Neighbours as sources of the callable curve. A giver inside the place is its own stock already. */
  async neighbours({ itemCode, regionCode, at }: CallablePlace): Promise<NamedSource[]> {
    const lines = await shareableLines(this.database, itemCode, dayInChina(at));
    return lines
      .filter((line) => isTaker(line, regionCode) && !regionCovers(regionCode, line.giverRegionCode))
      .filter(({ callableBase }) => callableBase > 0)
      .map(({ lineId, documentNumber, giverRegionCode, callableBase, responseHours }) => ({
        ...{ sourceId: lineId, kind: 'neighbour' as const, name: giverRegionCode, documentNumber },
        ...{ regionCode: giverRegionCode, limitBase: callableBase, readyAfterHours: responseHours },
        ...{ tiersAway: tiersApart(regionCode, giverRegionCode), production: null },
      }));
  }

  private async responseOf(line: ShareableLine, day: Day): Promise<ShareableResponse> {
    const { agreementId, documentNumber, giverRegionCode, takerRegionCode, callableBase, responseHours } = line;
    const { loanDays, feeFen, replacement, piecePriceFen, itemCode } = line;
    const depots =
      line.discloses === 'depots' && callableBase > 0
        ? await depotsAboveFloor(this.database, giverRegionCode, itemCode, day)
        : null;
    return {
      ...{ agreementId, documentNumber, giverRegionCode, takerRegionCode, callableBase, responseHours },
      ...{ loanDays, feeFen, replacement, piecePriceFen },
      depots: depots && depots.map(({ regionCode, name }) => ({ regionCode, name })),
    };
  }
}

/** A place borrows as the region it lies in, or for the regions that lie in it. */
const isTaker = ({ takerRegionCode }: ShareableLine, region: string): boolean =>
  regionCovers(takerRegionCode, region) || regionCovers(region, takerRegionCode);
