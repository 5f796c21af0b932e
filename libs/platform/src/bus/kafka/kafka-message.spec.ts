import type { KafkaMessage } from 'kafkajs';
import { toIncomingMessage } from './kafka-message';

const aMessage = (overrides: Partial<KafkaMessage>): KafkaMessage =>
  ({
    key: Buffer.from('k'),
    value: Buffer.from('v'),
    timestamp: '0',
    attributes: 0,
    offset: '7',
    ...overrides,
  }) as KafkaMessage;

describe('toIncomingMessage', () => {
  it('keeps place and content', () => {
    const message = aMessage({ headers: { type: Buffer.from('application/json') } });
    expect(toIncomingMessage('teams.events.v1', 3, message)).toEqual({
      topic: 'teams.events.v1',
      partition: 3,
      offset: '7',
      key: 'k',
      value: Buffer.from('v'),
      headers: { type: 'application/json' },
    });
  });

  it('takes a message without key, value and headers', () => {
    const message = aMessage({ key: null, value: null, headers: undefined });
    expect(toIncomingMessage('t', 0, message)).toMatchObject({ key: null, value: null, headers: {} });
  });

  it('takes the last of repeated headers, and bytes that are no text', () => {
    const headers = { twice: ['first', Buffer.from('second')], none: undefined, broken: Buffer.from([0xff]) };
    expect(toIncomingMessage('t', 0, aMessage({ headers })).headers).toEqual({ twice: 'second', broken: '\ufffd' });
  });
});
