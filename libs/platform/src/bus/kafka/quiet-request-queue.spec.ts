import { quietRequestQueue } from './quiet-request-queue';

interface InspectedQueue {
  throttleCheckTimeoutId: NodeJS.Timeout | null;
  throttledUntil: number;
  checkPendingRequests(): void;
  destroy(): void;
}

const RequestQueue = require('kafkajs/src/network/requestQueue') as new (options: object) => InspectedQueue;
const aQueue = (): InspectedQueue =>
  new RequestQueue({ requestTimeout: 1_000, enforceRequestTimeout: true, clientId: 'test', broker: 'test:9092' });

describe('the request queue of kafkajs', () => {
  beforeAll(() => quietRequestQueue());

  it('sets no timer when nothing waits', () => {
    const queue = aQueue();
    queue.checkPendingRequests();
    expect(queue.throttleCheckTimeoutId).toBeNull();
  });

  it('still looks again after the broker has throttled it', () => {
    const queue = aQueue();
    queue.throttledUntil = Date.now() + 60_000;
    queue.checkPendingRequests();
    expect(queue.throttleCheckTimeoutId).not.toBeNull();
    queue.destroy();
  });
});
