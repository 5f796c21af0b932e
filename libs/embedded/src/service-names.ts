/** The four programs, in the order in which they are prepared; the public door comes last. */
export const SERVICES = ['supplies', 'teams', 'transport', 'gateway'] as const;
export type ServiceName = (typeof SERVICES)[number];

/** One database per service, and one for the embedded bus. */
export const DATABASES = [...SERVICES, 'bus'] as const;
export type DatabaseName = (typeof DATABASES)[number];

/** Owns the database and runs its migrations. */
export function ownerRoleOf(database: string): string {
  return `${database}_owner`;
}

/** What a running service uses: may read and write rows, may not change the schema. */
export function appRoleOf(database: string): string {
  return `${database}_app`;
}
