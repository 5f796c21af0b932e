import { setTimeout as delay } from 'node:timers/promises';
import type { EmbeddedPostgres } from './embedded-postgres';
import { nextRestartDelay } from './restart-budget';
import { StartError } from './start-errors';

export interface KeeperListener {
  readonly onRestart: (line: string) => void;
  readonly onGiveUp: (error: StartError) => void;
}

/** Starts PostgreSQL again, on the same port, when it ends by itself: three times a minute at most. */
export function keepPostgresRunning(postgres: EmbeddedPostgres, { onRestart, onGiveUp }: KeeperListener): void {
  const restarts: number[] = [];
  const restart = async (): Promise<void> => {
    const pause = nextRestartDelay(restarts, performance.now());
    if (pause === null) return onGiveUp(new StartError('DATABASE_FAILED', 'PostgreSQL keeps ending and is given up.'));
    restarts.push(performance.now());
    onRestart('PostgreSQL ended unexpectedly and is started again.');
    await delay(pause);
    await postgres.start();
  };
  postgres.onUnexpectedExit = () => {
    restart().catch((error: unknown) => onGiveUp(error as StartError));
  };
}
