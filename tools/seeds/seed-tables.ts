import { CARRIERS, carrierTable } from './carriers';
import type { Table } from './csv';
import { depotTable, planDepots } from './depots';
import { planHoldings, reserveStandardTable } from './holdings';
import { openingStockTable, splitIntoLots } from './lots';
import { organisationTable, planOrganisations } from './organisations';
import { locatePlaces } from './places';
import type { Reference } from './reference';
import { reserveContractTable } from './reserve-contracts';
import { factTable, planFacts, ruleTable, shareTable } from './standard-rules';
import { planTeams, teamTable } from './teams';
import { demonstrationUsers, userTable } from './users';
import { planVehicles, vehicleTable } from './vehicles';

/**
 * Makes every generated seed file from the reference data alone: no clock, no random source but the named streams, so
 * that the same reference data always give the same bytes.
 */
export function seedTables(reference: Reference): Table[] {
  const places = locatePlaces(reference);
  const depots = planDepots(reference, places);
  const holdings = planHoldings(depots);
  const itemByCode = new Map(reference.catalogue.map((item) => [item.code, item]));
  const lots = holdings.flatMap((holding) => {
    const item = itemByCode.get(holding.itemCode);
    if (!item) throw new Error(`the stock plan names ${holding.itemCode}, which is not in the catalogue`);
    return splitIntoLots(holding, item);
  });
  const users = demonstrationUsers();
  return [
    organisationTable(planOrganisations(reference)),
    userTable(users),
    depotTable(depots),
    reserveStandardTable(holdings),
    openingStockTable(lots),
    factTable(planFacts(reference, places)),
    ruleTable(),
    shareTable(),
    reserveContractTable(),
    teamTable(planTeams(reference, places, depots)),
    carrierTable(CARRIERS),
    vehicleTable(planVehicles(CARRIERS, places), users),
  ];
}
