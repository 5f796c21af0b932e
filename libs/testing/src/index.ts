export { type TestDatabase, createTestDatabase } from './databases';
export { describeWithKafka, ownsKafka, startKafka } from './kafka';
export { type KafkaBroker } from './kafka/kafka-broker';
export { type WaitOptions, waitFor } from './wait-for';
export { HEQU, HEQU_BUREAU, type TestCaller, type TestIdentity, aCaller, startTestIdentity } from './test-identity';
export {
  type TestAnswer,
  type TestRequest,
  type TestService,
  type TestServiceOptions,
  aCause,
  startTestService,
} from './test-service';
export { type TestStack, startTestStack } from './test-stack';
