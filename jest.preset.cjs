// CommonJS tests through swc. Packages that ship only ES modules (Nest 12 is one) are compiled on the fly.
const fs = require('node:fs');
const path = require('node:path');

/** Names of the installed packages that jest cannot `require` as they are; read from the lock file. */
function esmPackages(root) {
  const { packages } = JSON.parse(fs.readFileSync(path.join(root, 'package-lock.json'), 'utf8'));
  const names = new Set();
  for (const key of Object.keys(packages)) {
    if (!key.includes('node_modules/')) continue;
    let manifest;
    try {
      manifest = JSON.parse(fs.readFileSync(path.join(root, key, 'package.json'), 'utf8'));
    } catch {
      continue; // An optional package of another platform: in the lock file, not on the disk.
    }
    if (manifest.type === 'module' || /\.mjs$/.test(manifest.main ?? '')) {
      names.add(key.slice(key.lastIndexOf('node_modules/') + 'node_modules/'.length));
    }
  }
  return [...names];
}

const swc = (parser) => [
  '@swc/jest',
  {
    swcrc: false,
    sourceMaps: 'inline',
    module: { type: 'commonjs' },
    jsc: {
      target: 'es2023',
      keepClassNames: true,
      parser,
      transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
    },
  },
];

const compiled = esmPackages(__dirname).join('|').replace(/\./g, '\\.');

module.exports = {
  rootDir: __dirname,
  testEnvironment: 'node',
  moduleFileExtensions: ['ts', 'js', 'mjs', 'cjs', 'json', 'node'],
  moduleNameMapper: { '^@ledger/([a-z-]+)$': '<rootDir>/libs/$1/src/index.ts' },
  transform: {
    '\\.ts$': swc({ syntax: 'typescript', decorators: true }),
    '\\.m?js$': swc({ syntax: 'ecmascript' }),
  },
  transformIgnorePatterns: [`/node_modules/(?!(?:.+/node_modules/)?(?:${compiled})/)`],
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.data/'],
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/dist/', '<rootDir>/.data/'],
};
