import { CreateRegistry1763800300000 } from './migrations/1763800300000-create-registry';
import { CreateCallUps1763800310000 } from './migrations/1763800310000-create-call-ups';
import { WidenRegistry1763831000000 } from './migrations/1763831000000-widen-registry';
import { CreateSocialRecordsAndTrainingSites1763831010000 } from './migrations/1763831010000-create-social-records-and-training-sites';
import { CreatePeople1763831020000 } from './migrations/1763831020000-create-people';
import { CreateReadiness1763831030000 } from './migrations/1763831030000-create-readiness';

export const TEAMS_MIGRATIONS: readonly unknown[] = [
  CreateRegistry1763800300000,
  CreateCallUps1763800310000,
  WidenRegistry1763831000000,
  CreateSocialRecordsAndTrainingSites1763831010000,
  CreatePeople1763831020000,
  CreateReadiness1763831030000,
];
