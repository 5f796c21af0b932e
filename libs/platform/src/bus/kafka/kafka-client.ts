import { Kafka, type KafkaConfig, type LogEntry, logLevel } from 'kafkajs';
import { connect, type Socket } from 'node:net';
import type { BusLogger } from '../bus-logger';
import { quietRequestQueue } from './quiet-request-queue';

const KEEP_ALIVE_MS = 10_000;

/**
 * Everything that kafkajs would decide by itself, differently in tests (NODE_ENV) than in production. Its own retries
 * are few and short: the adapter throws a failed client away and starts afresh, which is what is known to recover.
 */
export const RETRY = { initialRetryTime: 100, factor: 0.2, multiplier: 2, maxRetryTime: 500, retries: 2 };
const TIMEOUTS: Partial<KafkaConfig> = {
  connectionTimeout: 2_000,
  authenticationTimeout: 2_000,
  reauthenticationThreshold: 10_000,
  requestTimeout: 5_000,
  enforceRequestTimeout: true,
};

export interface KafkaAddress {
  readonly brokers: readonly string[];
  readonly clientId: string;
  readonly logger: BusLogger;
}

/** A kafkajs client that can be ended from outside, whatever it is doing. */
export interface KafkaClient {
  readonly kafka: Kafka;
  /** Destroys all sockets and lets the client open no more: nothing it still tries can reach the broker. */
  cut(): void;
}

/** Makes a client of its own for every use: kafkajs shares offsets between the consumers of one client. */
export function openKafkaClient({ brokers, clientId, logger }: KafkaAddress): KafkaClient {
  quietRequestQueue();
  const sockets = new Set<Socket>();
  let isCut = false;
  const kafka = new Kafka({
    ...TIMEOUTS,
    brokers: [...brokers],
    clientId,
    retry: RETRY,
    logLevel: logLevel.WARN,
    logCreator: () => (entry) => forward(entry, logger),
    socketFactory: ({ host, port, onConnect }) => {
      if (isCut) throw new Error('this client has been cut off');
      const socket = connect({ host, port, keepAlive: true, keepAliveInitialDelay: KEEP_ALIVE_MS }, onConnect);
      sockets.add(socket.once('close', () => sockets.delete(socket)));
      return socket;
    },
  });
  const cut = (): void => {
    isCut = true;
    for (const socket of sockets) socket.destroy(new Error('cut off'));
  };
  return { kafka, cut };
}

/** kafkajs reports every retry as an error. What matters is reported by the adapter, once, when a state changes. */
function forward({ namespace, log }: LogEntry, logger: BusLogger): void {
  const { message, timestamp: _timestamp, ...details } = log;
  logger.debug({ ...details, namespace }, message);
}
