import { TOPICS } from '@ledger/contracts';
import type { ServiceDefinition } from '@ledger/platform';
import { AppModule } from './app.module';
import { CallUpAttemptRow, CallUpChangeRow, CallUpRow } from './call-ups/call-up.entity';
import { CreateRegistry1763800300000 } from './database/migrations/1763800300000-create-registry';
import { CreateCallUps1763800310000 } from './database/migrations/1763800310000-create-call-ups';
import { seedTeams } from './database/seed';
import { TeamRow, TeamTypeRow } from './registry/team.entity';

/** Rescue teams and their call-ups. */
export const teamsService: ServiceDefinition = {
  name: 'teams',
  title: 'Teams',
  module: AppModule,
  entities: [TeamTypeRow, TeamRow, CallUpRow, CallUpAttemptRow, CallUpChangeRow],
  migrations: [CreateRegistry1763800300000, CreateCallUps1763800310000],
  subscribes: [TOPICS.dispatchCommands],
  seed: seedTeams,
};
