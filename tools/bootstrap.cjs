'use strict';
/*
 * The first program of every npm script. It needs nothing but Node.js 18: it installs the packages (among them the
 * Node.js version the project wants), builds what has changed, and then hands over to the script `run:<command>` of
 * package.json, which finds that Node.js first on its path. This file keeps to old syntax so that older versions can read the refusal.
 */
const OLDEST_NODE = 18;
const COMMANDS = ['start', 'test', 'demo', 'verify', 'bench', 'check', 'build'];

const HELP =
  'Usage: node tools/bootstrap.cjs <command> [arguments]\n\n' +
  'Installs the packages if they are missing or the lock file has changed, builds if sources have changed, and runs:\n' +
  '  start    the embedded stack: PostgreSQL, bus and the four services   (npm start)\n' +
  '  test     all tests                                                   (npm test)\n' +
  '  demo     a flood, played through the public API                      (npm run demo)\n' +
  '  verify   recomputes the ledgers and checks their rules               (npm run verify)\n' +
  '  bench    speed as ratios to limits measured beside it               (npm run bench)\n' +
  '  check    format, lint, types, unit and architecture tests            (npm run check)\n' +
  '  build    nothing but the build                                       (npm run build)\n\n' +
  'Arguments after the command go to the program: npm start -- --port 3001, npm start -- --help\n';

function refuse(line, exitCode) {
  process.stderr.write(line + '\n');
  process.exit(exitCode);
}

const command = process.argv[2];
const nodeMajor = Number(process.versions.node.split('.')[0]);

if (command === '--help' || command === '-h' || command === undefined) {
  process.stdout.write(HELP);
} else if (COMMANDS.indexOf(command) < 0) {
  refuse('Unknown command "' + command + '". Known: ' + COMMANDS.join(', ') + '.', 2);
} else if (nodeMajor < OLDEST_NODE) {
  refuse('Node.js ' + OLDEST_NODE + ' or later is needed; this is ' + process.version + '.', 2);
} else if (process.platform === 'win32') {
  refuse('The embedded stack runs on Linux and macOS. On Windows use WSL, or Docker Compose.', 2);
} else {
  require('./bootstrap/main.cjs').main(command, process.argv.slice(3));
}
