/** What decides how many partitions of one topic a member of a group may hold. */
export interface ShareInput {
  readonly topic: string;
  /** Number of partitions of the topic. */
  readonly partitions: number;
  /** Ids of all living members that subscribe to the topic, in any order. */
  readonly members: readonly string[];
  readonly me: string;
}

/**
 * The number of partitions that are mine: all members together get every partition once, and none gets more than one
 * above another. Who gets one more differs from topic to topic.
 * @returns 0 when I am not a member
 */
export function fairShare({ topic, partitions, members, me }: ShareInput): number {
  const place = [...members].sort().indexOf(me);
  if (place < 0) return 0;
  const rest = partitions % members.length;
  const rotated = (place + topic.length) % members.length;
  return Math.floor(partitions / members.length) + (rotated < rest ? 1 : 0);
}
