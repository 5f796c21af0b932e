import { Transform, type Readable } from 'node:stream';
import { DomainError } from '@ledger/contracts';

/**
 * Passes a body on and breaks it off with REQUEST_TOO_LARGE when it grows over the limit: a length that is not
 * announced cannot be refused beforehand.
 */
export function limitedBody(body: Readable, limitBytes: number): Readable {
  let received = 0;
  const limited = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      received += chunk.byteLength;
      done(received > limitBytes ? new DomainError('REQUEST_TOO_LARGE') : null, chunk);
    },
  });
  // What still comes is read and dropped, so that the sender gets to read the answer.
  limited.on('close', () => body.resume());
  body.on('error', (error) => limited.destroy(error));
  body.on('close', () => {
    if (!body.readableEnded) limited.destroy();
  });
  return body.pipe(limited);
}
