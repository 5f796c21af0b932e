import type { Type } from '@nestjs/common';
import type { ServiceName, Topic } from '@ledger/contracts';
import type { Settings } from '../config/settings';
import type { Database } from '../database/database';
import type { Outbox } from '../events/outbox';

/** What a seed needs: it is idempotent and writes through the same tables and events as everything else. */
export interface SeedContext {
  readonly database: Database;
  readonly outbox: Outbox;
  readonly settings: Settings;
  readonly profile: Settings['profile'];
  readonly seedsDir: string;
  progress(line: string): void;
  /** The rows of a CSV file below the seeds folder, in production without the synthetic ones; empty fields are ''. */
  readCsv<Row extends object>(path: string): Promise<Row[]>;
}

/** Everything the platform has to know of a service to migrate, seed, document and serve it. */
export interface ServiceDefinition {
  readonly name: ServiceName;
  readonly title: string;
  readonly module: Type;
  readonly entities: readonly unknown[];
  readonly migrations: readonly unknown[];
  readonly subscribes: readonly Topic[];
  readonly seed: (context: SeedContext) => Promise<void>;
  /** Routes outside the global prefix, besides health and metrics. */
  readonly unprefixedRoutes?: readonly string[];
  /** Last word on the HTTP application before it listens (the gateway hangs its proxy in here). */
  readonly prepare?: (
    app: import('@nestjs/platform-fastify').NestFastifyApplication,
    settings: Settings,
  ) => Promise<void>;
  /** The document to serve in place of the service's own (the gateway serves the merged one). */
  readonly apiDocument?: () => import('@nestjs/swagger').OpenAPIObject;
}

export const globalPrefixOf = (name: ServiceName): string => (name === 'gateway' ? 'api/v1' : `api/v1/${name}`);
