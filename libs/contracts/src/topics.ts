/** The topics and who writes them. */
export const TOPICS = {
  suppliesEvents: 'supplies.events.v1',
  teamsEvents: 'teams.events.v1',
  transportEvents: 'transport.events.v1',
  dispatchCommands: 'dispatch.commands.v1',
  dispatchEvents: 'dispatch.events.v1',
} as const;

export type Topic = (typeof TOPICS)[keyof typeof TOPICS];

export const SERVICES = ['gateway', 'supplies', 'teams', 'transport'] as const;
export type ServiceName = (typeof SERVICES)[number];

/** Aggregates are spread over this many partitions; order holds per aggregate. */
export const TOPIC_PARTITIONS = 6;
export const TOPIC_RETENTION_MS = 7 * 24 * 60 * 60 * 1000;
/** Longer than the topic keeps messages, so that a complete re-read is harmless. */
export const INBOX_RETENTION_MS = 14 * 24 * 60 * 60 * 1000;
