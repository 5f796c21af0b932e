import { pickFreePort } from '@ledger/embedded';
import { acceptsConnections } from '../tcp';
import { waitFor } from '../wait-for';
import type { KafkaBroker } from './kafka-broker';

const INSIDE_PORT = 9092;
const START_TIMEOUT_MS = 120_000;

/** One KRaft broker in a container. Its port outside is fixed, so that it comes back on the same address. */
export async function startContainerBroker(image: string): Promise<KafkaBroker> {
  // The reaper is one more image to pull; the suite that starts a broker also stops it.
  process.env.TESTCONTAINERS_RYUK_DISABLED ??= 'true';
  const { GenericContainer, Wait, getContainerRuntimeClient } = await import('testcontainers');
  const port = await pickFreePort();
  const engine = await getContainerRuntimeClient();
  const host = engine.info.containerRuntime.host;
  const started = await new GenericContainer(image)
    .withExposedPorts({ container: INSIDE_PORT, host: port })
    .withEnvironment(brokerEnvironment(host, port))
    .withWaitStrategy(Wait.forListeningPorts())
    .withStartupTimeout(START_TIMEOUT_MS)
    .start();
  const container = engine.container.getById(started.getId());
  return {
    brokers: [`${host}:${port}`],
    owned: true,
    stop: async () => {
      await container.remove({ force: true, v: true });
    },
    kill: async () => {
      await container.kill();
    },
    restart: async () => {
      const { State } = await container.inspect();
      if (State.Running) await container.kill();
      await container.start();
      await waitFor(`Kafka on port ${port}`, () => acceptsConnections(host, port), { timeoutMs: START_TIMEOUT_MS });
    },
  };
}

function brokerEnvironment(host: string, port: number): Record<string, string> {
  return {
    KAFKA_PROCESS_ROLES: 'broker,controller',
    KAFKA_NODE_ID: '1',
    KAFKA_CONTROLLER_QUORUM_VOTERS: '1@localhost:9093',
    KAFKA_LISTENERS: `PLAINTEXT://:${INSIDE_PORT},CONTROLLER://:9093`,
    KAFKA_ADVERTISED_LISTENERS: `PLAINTEXT://${host}:${port}`,
    KAFKA_CONTROLLER_LISTENER_NAMES: 'CONTROLLER',
    KAFKA_LISTENER_SECURITY_PROTOCOL_MAP: 'CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT',
    KAFKA_AUTO_CREATE_TOPICS_ENABLE: 'false',
    KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR: '1',
    KAFKA_TRANSACTION_STATE_LOG_REPLICATION_FACTOR: '1',
    KAFKA_TRANSACTION_STATE_LOG_MIN_ISR: '1',
    // A killed broker may register again only when its old session has run out; the default is 9 s.
    KAFKA_BROKER_SESSION_TIMEOUT_MS: '3000',
    KAFKA_BROKER_HEARTBEAT_INTERVAL_MS: '500',
    KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS: '0',
  };
}
