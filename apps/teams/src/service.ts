import { TOPICS } from '@ledger/contracts';
import type { ServiceDefinition } from '@ledger/platform';
import { AppModule } from './app.module';
import { TEAMS_ENTITIES } from './database/entities';
import { TEAMS_MIGRATIONS } from './database/migrations';
import { seedTeams } from './database/seed';

/** Rescue teams and their call-ups. */
export const teamsService: ServiceDefinition = {
  name: 'teams',
  title: 'Teams',
  module: AppModule,
  entities: TEAMS_ENTITIES,
  migrations: TEAMS_MIGRATIONS,
  subscribes: [TOPICS.dispatchCommands],
  seed: seedTeams,
};
