import type { EmbeddedPostgres } from '../../../embedded/src/embedded-postgres';

interface RunningServer {
  readonly server: EmbeddedPostgres;
  readonly dataDir: string;
}

/** jest loads the teardown afresh; the process is what setup and teardown share. */
const shared = globalThis as { ledgerTestServer?: RunningServer };

export function keepForTeardown(running: RunningServer): void {
  shared.ledgerTestServer = running;
}

export function takeForTeardown(): RunningServer | undefined {
  const running = shared.ledgerTestServer;
  delete shared.ledgerTestServer;
  return running;
}
