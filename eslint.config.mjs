import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

/** What a compiler does not see and a reviewer overlooks: forgotten promises, `any`, leftovers. Format is Prettier's. */
const rules = {
  '@typescript-eslint/no-floating-promises': 'error',
  '@typescript-eslint/no-misused-promises': 'error',
  '@typescript-eslint/await-thenable': 'error',
  '@typescript-eslint/only-throw-error': 'error',
  '@typescript-eslint/no-explicit-any': 'error',
  '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true }],
  '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
  'no-restricted-syntax': [
    'error',
    { selector: 'ExportAllDeclaration', message: 'Re-export by name: a reader must find where a name comes from.' },
  ],
  'no-fallthrough': 'error',
  'prefer-const': 'error',
  eqeqeq: ['error', 'always', { null: 'ignore' }],
  'max-depth': ['error', 4],
};

/** A skipped or focused test, and a sleep in a test body, are faults that look green. */
const testRules = {
  'no-restricted-properties': [
    'error',
    ...['only', 'skip', 'todo'].flatMap((property) =>
      ['it', 'test', 'describe'].map((object) => ({ object, property, message: 'Run every test.' })),
    ),
  ],
  'no-restricted-imports': [
    'error',
    { paths: [{ name: 'node:timers/promises', message: 'Wait for a condition (waitFor), not for a time.' }] },
  ],
};

export default defineConfig(
  globalIgnores(['dist/', 'coverage/', '.data/', 'node_modules/', '**/*.cjs', '**/*.mjs']),
  {
    files: ['**/*.ts'],
    languageOptions: {
      parser: tseslint.parser,
      parserOptions: { project: './tsconfig.json', tsconfigRootDir: import.meta.dirname },
    },
    plugins: { '@typescript-eslint': tseslint.plugin },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules,
  },
  { files: ['**/*.spec.ts', '**/*.int-spec.ts', '**/*.e2e-spec.ts'], rules: testRules },
);
