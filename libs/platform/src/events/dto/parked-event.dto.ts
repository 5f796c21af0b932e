import { ApiProperty } from '@nestjs/swagger';

/** An event that this service could not handle. */
export class ParkedEvent {
  @ApiProperty({ format: 'uuid' })
  readonly id!: string;

  readonly topic!: string;

  /** The aggregate it is about; null when the message could not be read that far. */
  readonly partitionKey!: string | null;

  /** Null when the message is no event. */
  readonly eventId!: string | null;

  /** Null when the message is no event. */
  readonly type!: string | null;

  /** Code of the refusal; `EVENT_HANDLER_FAULT` for a bug. */
  readonly code!: string;

  readonly reason!: string;

  /** Only an open one can be replayed. */
  readonly state!: 'open' | 'replayed' | 'discarded';

  @ApiProperty({ format: 'date-time' })
  readonly parkedAt!: string;
}

/** Events this service could not handle, newest first. */
export class ParkedEventList {
  items!: ParkedEvent[];
}
