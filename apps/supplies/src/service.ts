import { TOPICS } from '@ledger/contracts';
import type { ServiceDefinition } from '@ledger/platform';
import { AppModule } from './app.module';
import { SUPPLIES_ENTITIES } from './database/entities';
import { SUPPLIES_MIGRATIONS } from './database/migrations';
import { seedSupplies } from './database/seed';

/** Catalogue, depots and the stock ledger. */
export const suppliesService: ServiceDefinition = {
  name: 'supplies',
  title: 'Supplies',
  module: AppModule,
  entities: SUPPLIES_ENTITIES,
  migrations: SUPPLIES_MIGRATIONS,
  subscribes: [TOPICS.dispatchCommands],
  seed: seedSupplies,
};
