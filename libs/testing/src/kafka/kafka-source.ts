/** Where the Kafka of a test run comes from. Found once, before the first suite; the workers read the answer. */
export type KafkaSource =
  | { readonly kind: 'brokers'; readonly brokers: readonly string[] }
  | { readonly kind: 'container'; readonly image: string }
  | { readonly kind: 'jars'; readonly java: string; readonly jarsFolder: string }
  | { readonly kind: 'none'; readonly reason: string };

const VARIABLE = 'LEDGER_TEST_KAFKA';

/** Hands the answer to the jest workers, which inherit the environment of the main process. */
export function announceKafkaSource(source: KafkaSource): void {
  process.env[VARIABLE] = JSON.stringify(source);
}

export function announcedKafkaSource(): KafkaSource {
  const text = process.env[VARIABLE];
  return text
    ? (JSON.parse(text) as KafkaSource)
    : { kind: 'none', reason: 'the global setup of the integration tests has not run' };
}
