export { type TestDatabase, createTestDatabase } from './databases';
export { describeWithKafka, ownsKafka, startKafka } from './kafka';
export { type KafkaBroker } from './kafka/kafka-broker';
export { type WaitOptions, waitFor } from './wait-for';
