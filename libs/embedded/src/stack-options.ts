import type { ProgressEvent } from './progress';
import type { Variables } from './service-environment';

export interface StackOptions {
  /** Absolute path; everything the stack keeps is in it (see `PostgresOptions.dataDir`). */
  readonly dataDir: string;
  /** Folder that holds `dist` and `seeds`. */
  readonly projectDir: string;
  /** 0 picks a free one. */
  readonly gatewayPort: number;
  /** Default 127.0.0.1: reachable from this machine only. */
  readonly gatewayHost?: string;
  readonly profile: 'demo' | 'production';
  /** Set: events go over this Kafka instead of the embedded bus. */
  readonly kafkaBrokers?: string;
  readonly busNamespace?: string;
  /** False for tests that start on empty services. Default true. */
  readonly seed?: boolean;
  /** False is faster and loses data when the machine fails; for tests only. Default true. */
  readonly durable?: boolean;
  /** Further variables for every service. */
  readonly env?: Variables;
  readonly purpose?: string;
  readonly minimumFreeBytes?: number;
  readonly onProgress?: (event: ProgressEvent) => void;
  /** Set: every line the services write is also given here. */
  readonly onOutput?: (name: string, line: string) => void;
  /** Ends a start that is under way; everything started so far is stopped. */
  readonly signal?: AbortSignal;
}
