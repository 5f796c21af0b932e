import type { SeedContext } from '@ledger/platform';
import { seedCapabilities } from './seeds/seed-capabilities';
import { seedCatalogue } from './seeds/seed-catalogue';
import { seedDemandRates } from './seeds/seed-demand-rates';
import { seedDepots } from './seeds/seed-depots';
import { seedOpeningStock } from './seeds/seed-opening-stock';
import { seedReserveContracts } from './seeds/seed-reserve-contracts';
import { seedReserveStandards } from './seeds/seed-reserve-standards';
import { openSeededOrders, seedRotation } from './seeds/seed-rotation';
import { seedStandardRules } from './seeds/seed-standard-rules';

/**
 * Loads catalogue, capabilities, demand rates, depots, what rotation is configured with, reserve standards and opening stock, in this
 * order, and opens the rotation orders that the stock needs. Loading again changes nothing: rows that
 * are there stay as they are, and a depot that has its opening stock gets none again.
 */
export async function seedSupplies(context: SeedContext): Promise<void> {
  await seedCatalogue(context);
  await seedCapabilities(context);
  await seedDemandRates(context);
  await seedDepots(context);
  await seedRotation(context);
  if (context.profile === 'production') return; // standards and stock of the files belong to invented depots
  await seedReserveStandards(context);
  await seedStandardRules(context);
  await seedOpeningStock(context);
  await openSeededOrders(context);
  await seedReserveContracts(context);
}
