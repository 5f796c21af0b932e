// Makes a private Ed25519 key (JWK) in every file named on the command line that does not exist yet.
const { generateKeyPairSync } = require('node:crypto');
const { existsSync, writeFileSync } = require('node:fs');

for (const file of process.argv.slice(2)) {
  if (existsSync(file)) {
    console.log(`${file}: kept`);
    continue;
  }
  const jwk = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' });
  writeFileSync(file, JSON.stringify(jwk), { mode: 0o400, flag: 'wx' });
  console.log(`${file}: made`);
}
