/**
 * Loaded before a service program that the embedded stack starts (`--require`): when the stack is killed, its services
 * must not stay behind. The channel to the parent closes with it, whatever killed it. A running service notices that by
 * itself and drains; a migration or a seed ends as on SIGTERM. Either is ended if that takes too long.
 */
const DRAIN_MS = 25_000;

process.once('disconnect', () => {
  setTimeout(() => process.exit(1), DRAIN_MS).unref();
  if (process.listenerCount('disconnect') === 0) process.kill(process.pid, 'SIGTERM');
});

// A listener keeps the channel, and with it the process, alive. A migration has to end when its work is done.
process.channel?.unref();
