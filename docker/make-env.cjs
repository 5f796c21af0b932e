// Writes .env for docker compose: the lines of .env.example, every empty *_PASSWORD filled with a random one.
const { randomBytes } = require('node:crypto');
const { existsSync, readFileSync, writeFileSync } = require('node:fs');
const path = require('node:path');

if (process.argv.includes('--help')) {
  console.log(
    'Usage: node docker/make-env.cjs [--demo]\n\nWrites .env with random passwords for docker compose; --demo also ' +
      'chooses the demo profile.\nExit codes: 0 made, 1 there is one already and it stays as it is.',
  );
  process.exit(0);
}

const root = path.resolve(__dirname, '..');
const target = path.join(root, '.env');
if (existsSync(target)) {
  console.error(`${target} is there already and stays as it is: the database was made with its passwords.`);
  process.exit(1);
}
const template = readFileSync(path.join(root, '.env.example'), 'utf8');
const profile = process.argv.includes('--demo') ? 'demo' : 'production';
const withProfile = template.replace(/^LEDGER_PROFILE=.*$/m, `LEDGER_PROFILE=${profile}`);
const filled = withProfile.replace(/_PASSWORD=$/gm, () => `_PASSWORD=${randomBytes(24).toString('hex')}`);
writeFileSync(target, filled, { mode: 0o600, flag: 'wx' });
console.log(`${target}: made, readable by you alone.`);
