import type { ServerResponse } from 'node:http';

/** A bounded number of requests on their way to one service. */
export class RequestPlaces {
  private taken = 0;

  /** @param longestMs  a request whose caller left keeps its place this long: the service may still be at work on it */
  constructor(
    private readonly places: number,
    private readonly longestMs: number,
  ) {}

  /** Takes a place until the response is over; false when there is none. */
  take(response: ServerResponse): boolean {
    if (this.taken >= this.places) return false;
    this.taken += 1;
    response.once('close', () => {
      if (response.writableFinished) this.taken -= 1;
      else setTimeout(() => (this.taken -= 1), this.longestMs).unref();
    });
    return true;
  }
}
