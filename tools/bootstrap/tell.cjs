'use strict';

const HEARTBEAT_MS = 10_000;

/** Writes one line for the person at the terminal; to stderr, because stdout belongs to the command. */
function tell(line) {
  process.stderr.write(`[setup] ${line}\n`);
}

function secondsSince(start) {
  return `${((performance.now() - start) / 1000).toFixed(1)} s`;
}

/**
 * Tells when a phase begins, every ten seconds that it goes on, and when it has ended.
 * @param {() => string} [detail] how far the phase is, for the lines in between
 */
async function phase(name, work, detail = () => '') {
  const start = performance.now();
  tell(`${name} …`);
  const timer = setInterval(() => tell(`${name}: ${secondsSince(start)} so far${detail()}`), HEARTBEAT_MS);
  try {
    await work();
  } finally {
    clearInterval(timer);
  }
  tell(`${name}: done in ${secondsSince(start)}`);
}

module.exports = { phase, tell };
