import { randomUUID } from 'node:crypto';
import { describeWithKafka, startKafka, startTestStack, type KafkaBroker, type TestStack } from '@ledger/testing';
import { playFlood, playWithoutVehicles } from '../tools/demo/play';
import { brokenInvariants } from './support/invariants';

describeWithKafka('the flood on Apache Kafka', () => {
  let kafka: KafkaBroker;
  let stack: TestStack;

  beforeAll(async () => {
    kafka = await startKafka();
    stack = await startTestStack({
      kafkaBrokers: kafka.brokers.toString(),
      busNamespace: `flood-${randomUUID().slice(0, 8)}`,
    });
  });
  afterAll(async () => {
    await stack?.stop();
    await kafka?.stop();
  });

  it('runs to its end as on the embedded bus', async () => {
    const { allocation, checks } = await playFlood(stack.gatewayUrl, () => undefined);
    expect(checks.filter((check) => !check.isTrue)).toEqual([]);
    expect(allocation.phase).toBe('closed');
    const failed = await playWithoutVehicles(stack.gatewayUrl, () => undefined);
    expect(failed.checks.filter((check) => !check.isTrue)).toEqual([]);
    expect(await brokenInvariants(stack)).toEqual([]);
  });
});
