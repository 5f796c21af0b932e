import { DEFAULT_ROAD_FACTOR } from '@ledger/contracts';
import { SettingsError } from '@ledger/platform';
import { z } from 'zod';

export const PLANNING_SETTINGS = Symbol('transport planning settings');

/** What planning takes from the environment. */
export interface PlanningSettings {
  /** Road length ÷ great-circle length. */
  readonly roadFactor: number;
  /** How far from the goods a neighbour's vehicle may stand to be asked. */
  readonly neighbourRadiusMetres: number;
}

const METRES_PER_KILOMETRE = 1_000;
const unsetWhenEmpty = (value: unknown): unknown => (value === '' ? undefined : value);
const schema = z.object({
  ROAD_FACTOR: z.preprocess(unsetWhenEmpty, z.coerce.number().min(1).max(5).default(DEFAULT_ROAD_FACTOR)),
  NEIGHBOUR_RADIUS_KM: z.preprocess(unsetWhenEmpty, z.coerce.number().min(0).max(1_000).default(80)),
});

/** @throws SettingsError with one line per bad variable */
export function readPlanningSettings(environment: NodeJS.ProcessEnv): PlanningSettings {
  const parsed = schema.safeParse(environment);
  if (!parsed.success) {
    throw new SettingsError(parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`));
  }
  const { ROAD_FACTOR: roadFactor, NEIGHBOUR_RADIUS_KM: kilometres } = parsed.data;
  return { roadFactor, neighbourRadiusMetres: kilometres * METRES_PER_KILOMETRE };
}
