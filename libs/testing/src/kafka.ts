import { startContainerBroker } from './kafka/container-broker';
import { startJarBroker } from './kafka/jar-broker';
import type { KafkaBroker } from './kafka/kafka-broker';
import { announcedKafkaSource } from './kafka/kafka-source';

/** A broker for the suite that asks, about three seconds from jars. The suite stops it. */
export async function startKafka(): Promise<KafkaBroker> {
  const source = announcedKafkaSource();
  switch (source.kind) {
    case 'brokers':
      return foreignBroker(source.brokers);
    case 'container':
      return startContainerBroker(source.image);
    case 'jars':
      return startJarBroker(source.java, source.jarsFolder);
    case 'none':
      throw new Error(`no Kafka: ${source.reason}`);
  }
}

/**
 * `describe` for a suite that needs a Kafka. Without one the suite is skipped and named at the end of the run;
 * with CI=true that is a failure, because a pipeline that forgets its broker must not look green.
 */
export function describeWithKafka(title: string, suite: () => void): void {
  const source = announcedKafkaSource();
  if (source.kind !== 'none') return describe(title, suite);
  if (process.env.CI === 'true') {
    return describe(title, () => {
      it('finds a Kafka (CI=true)', () => {
        throw new Error(source.reason);
      });
    });
  }
  describe.skip(`${title} — not run: ${source.reason}`, suite);
}

/** Whether tests may kill and restart the broker; known before any suite starts. */
export function ownsKafka(): boolean {
  return announcedKafkaSource().kind !== 'brokers';
}

function foreignBroker(brokers: readonly string[]): KafkaBroker {
  const refuse = () => Promise.reject(new Error('the broker of KAFKA_BROKERS is not ours to stop'));
  return { brokers, owned: false, stop: () => Promise.resolve(), kill: refuse, restart: refuse };
}
