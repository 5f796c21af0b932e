/** A broker for tests. Where it is our own, it can be made to disappear and come back on the same address. */
export interface KafkaBroker {
  /** host:port list, as in KAFKA_BROKERS */
  readonly brokers: readonly string[];
  /** false: somebody else's broker (KAFKA_BROKERS), which tests neither kill nor restart */
  readonly owned: boolean;
  /** Ends the broker and removes its data. */
  stop(): Promise<void>;
  /** Ends the broker at once, as a power cut would; its data stay. */
  kill(): Promise<void>;
  /** Brings a killed broker back with its data; resolves when it accepts connections. */
  restart(): Promise<void>;
}
