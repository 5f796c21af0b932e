import { findContainerImage } from './container-engine';
import { findJars } from './kafka-jars';
import type { KafkaSource } from './kafka-source';

/**
 * Looks for a Kafka in this order: KAFKA_BROKERS, a container engine with the image, Java with Maven.
 * @param progress called before something that takes seconds (a pull, a download)
 * @returns kind `none` with one reason per place when there is no Kafka to be had
 */
export async function findKafka(progress: (line: string) => void): Promise<KafkaSource> {
  const brokers = (process.env.KAFKA_BROKERS ?? '').split(',').filter((broker) => broker.trim() !== '');
  if (brokers.length > 0) return { kind: 'brokers', brokers };
  const image = await findContainerImage(progress);
  if ('image' in image) return { kind: 'container', image: image.image };
  const jars = await findJars(progress);
  if ('jarsFolder' in jars) return { kind: 'jars', ...jars };
  return { kind: 'none', reason: `no KAFKA_BROKERS; ${image.reason}; ${jars.reason}` };
}
