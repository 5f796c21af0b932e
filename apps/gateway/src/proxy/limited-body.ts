import { Transform, type Readable } from 'node:stream';
import { DomainError } from '@ledger/contracts';

/** The same limit as on the routes of the services themselves. */
export const BODY_LIMIT_BYTES = 256 * 1024;

/**
 * Passes a body on and breaks it off with REQUEST_TOO_LARGE when it grows over the limit: a length that is not
 * announced cannot be refused beforehand.
 */
export function limitedBody(body: Readable): Readable {
  let received = 0;
  const limited = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      received += chunk.byteLength;
      done(received > BODY_LIMIT_BYTES ? new DomainError('REQUEST_TOO_LARGE') : null, chunk);
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
