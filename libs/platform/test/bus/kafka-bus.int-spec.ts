import { type KafkaBroker, describeWithKafka, ownsKafka, startKafka } from '@ledger/testing';
import { KafkaBus } from '../../src/bus/kafka/kafka-bus';
import { KafkaPublisher } from '../../src/bus/kafka/kafka-publisher';
import { describeBusContract } from './bus-contract';
import type { BusHarness, ForeignRecord } from './bus-harness';
import { testLogger } from './test-logger';

class KafkaHarness implements BusHarness {
  constructor(private readonly broker: KafkaBroker) {}

  open(namespace: string): KafkaBus {
    return new KafkaBus({ ...this.address(), namespace });
  }

  async inject(topic: string, record: ForeignRecord): Promise<void> {
    const publisher = new KafkaPublisher(this.address());
    await publisher.publish([{ topic, headers: {}, ...record }]);
    await publisher.close();
  }

  takeAway = (): Promise<void> => this.broker.kill();
  bringBack = (): Promise<void> => this.broker.restart();
  close = (): Promise<void> => this.broker.stop();

  private address() {
    return { brokers: this.broker.brokers, clientId: 'contract', logger: testLogger };
  }
}

describeWithKafka('the bus contract on Apache Kafka', () => {
  describeBusContract({ start: async () => new KafkaHarness(await startKafka()), canTakeAway: ownsKafka() });
});
