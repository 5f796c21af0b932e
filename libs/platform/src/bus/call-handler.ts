import type { Delivery, HandlerAnswer, IncomingMessage, MessageHandler } from './bus';
import type { BusLogger } from './bus-logger';

const PAUSE_AFTER_FAULT: HandlerAnswer = { kind: 'pause', pauseMs: 1_000 };

/** Calls a handler so that nothing it throws reaches the bus client: the message is delivered again instead. */
export async function callHandler(
  handler: MessageHandler,
  message: IncomingMessage,
  delivery: Delivery,
  logger: BusLogger,
): Promise<HandlerAnswer> {
  try {
    return await handler(message, delivery);
  } catch (error) {
    const { topic, partition, offset } = message;
    logger.error({ err: error, topic, partition, offset }, 'a message handler threw; the message is delivered again');
    return PAUSE_AFTER_FAULT;
  }
}
