import { Logger } from '@nestjs/common';
import type { Bus, TopicSettings } from '../bus/bus';

const RETRY_MS = 1_000;

export interface BusConnection {
  readonly bus: Bus;
  readonly topics: readonly TopicSettings[];
  readonly onConnected: () => Promise<void>;
}

/** Connects to the bus, again and again until it answers: a broker that comes late must not end the service. */
export function connectBus(connection: BusConnection): void {
  const logger = new Logger('Bus');
  const attempt = async (): Promise<void> => {
    try {
      await connection.bus.start(connection.topics);
      await connection.onConnected();
    } catch (error) {
      logger.warn(`the bus does not answer: ${(error as Error).message}`);
      setTimeout(() => void attempt(), RETRY_MS).unref();
    }
  };
  void attempt();
}
