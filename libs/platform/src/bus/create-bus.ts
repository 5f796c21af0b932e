import type { ServiceName } from '@ledger/contracts';
import { SettingsError } from '../config/settings';
import type { Bus } from './bus';
import { EmbeddedBus } from './embedded/embedded-bus';
import { KafkaBus } from './kafka/kafka-bus';
import type { BusLogger } from './bus-logger';

interface BusSettings {
  readonly service: ServiceName;
  readonly kafkaBrokers: readonly string[];
  readonly busDatabaseUrl: string | undefined;
  readonly busNamespace: string;
}

/** Kafka when brokers are configured, the embedded bus otherwise. Nothing else in the program can tell which. */
export function createBus(settings: BusSettings, logger: BusLogger): Bus {
  const shared = { clientId: settings.service, namespace: settings.busNamespace, logger };
  if (settings.kafkaBrokers.length > 0) return new KafkaBus({ brokers: settings.kafkaBrokers, ...shared });
  if (settings.busDatabaseUrl) return new EmbeddedBus({ url: settings.busDatabaseUrl, ...shared });
  throw new SettingsError(['KAFKA_BROKERS or BUS_DATABASE_URL: one of them is required']);
}
