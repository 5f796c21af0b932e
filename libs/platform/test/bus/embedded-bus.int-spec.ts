import { describeBusContract } from './bus-contract';
import { EmbeddedHarness } from './embedded-harness';

describe('the bus contract on the embedded bus', () => {
  describeBusContract({ start: () => EmbeddedHarness.start(), canTakeAway: true });
});
