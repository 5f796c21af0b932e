import { checkEnding, type Check } from './checks';
import { FLOOD_GOODS, FLOOD_TEAMS, FLOOD_VEHICLES, Flood, NOBODY_HAS, type Tell } from './flood';
import { untilGatewayKnows } from './knowledge';
import { signInAll } from './people';
import type { Allocation } from './shapes';
import { readStock, type StockLevel } from './stock-level';

export interface Played {
  readonly allocation: Allocation;
  readonly before: readonly StockLevel[];
  readonly after: readonly StockLevel[];
  readonly checks: readonly Check[];
}

const ITEM_CODES = FLOOD_GOODS.map((line) => line.itemCode);

/** Plays the flood to its good end. */
export async function playFlood(baseUrl: string, tell: Tell): Promise<Played> {
  const people = await signInAll(baseUrl);
  await untilGatewayKnows(people.keeper, ITEM_CODES);
  const before = await readStock(people.keeper, ITEM_CODES);
  const flood = new Flood(people, tell);
  await flood.ask({ goods: FLOOD_GOODS, teams: FLOOD_TEAMS, vehicles: FLOOD_VEHICLES });
  await flood.sign();
  await flood.answerCallUps();
  await flood.issue();
  await flood.depart();
  await flood.deliver();
  await flood.handOut();
  const allocation = await flood.comeHome();
  const after = await readStock(people.keeper, ITEM_CODES);
  const checks = await checkEnding(people, { allocation, before, after, expectedPhase: 'closed' });
  return { allocation, before, after, checks };
}

/** Plays the case in which no vehicle can be had: everything that was held is released again. */
export async function playWithoutVehicles(baseUrl: string, tell: Tell): Promise<Played> {
  const people = await signInAll(baseUrl);
  await untilGatewayKnows(people.keeper, ITEM_CODES);
  const before = await readStock(people.keeper, ITEM_CODES);
  const flood = new Flood(people, tell);
  await flood.ask({ goods: FLOOD_GOODS, teams: FLOOD_TEAMS, vehicles: NOBODY_HAS });
  await flood.sign();
  tell('transport looks for a large helicopter: own, contract, requisition');
  const allocation = await flood.reaches('the release', ({ phase }) => phase === 'failed');
  tell('no vehicle can be had: everything is released');
  const after = await readStock(people.keeper, ITEM_CODES);
  const checks = await checkEnding(people, { allocation, before, after, expectedPhase: 'failed' });
  return { allocation, before, after, checks };
}
