const preset = require('./jest.preset.cjs');

/** Suites that need PostgreSQL or Kafka: jest runs their global setup only when one of them is selected. */
const withServers = {
  ...preset,
  globalSetup: '<rootDir>/libs/testing/src/jest/global-setup.ts',
  globalTeardown: '<rootDir>/libs/testing/src/jest/global-teardown.ts',
};

module.exports = {
  maxWorkers: 2,
  coverageProvider: 'v8',
  reporters: ['default', '<rootDir>/tools/count-reporter.cjs'],
  projects: [
    {
      ...preset,
      displayName: 'unit',
      testMatch: ['<rootDir>/{apps,libs,tools}/**/*.spec.ts'],
      setupFilesAfterEnv: ['<rootDir>/libs/testing/src/jest/patience.cjs'],
    },
    {
      ...preset,
      displayName: 'architecture',
      testMatch: ['<rootDir>/test/architecture.spec.ts'],
      setupFilesAfterEnv: ['<rootDir>/libs/testing/src/jest/patience.cjs'],
    },
    {
      ...withServers,
      displayName: 'integration',
      testMatch: ['<rootDir>/{apps,libs,tools,test}/**/*.int-spec.ts'],
      setupFilesAfterEnv: ['<rootDir>/libs/testing/src/jest/patience.cjs'],
    },
    {
      ...withServers,
      displayName: 'e2e',
      testMatch: ['<rootDir>/test/**/*.e2e-spec.ts'],
      setupFilesAfterEnv: ['<rootDir>/libs/testing/src/jest/patience-of-stacks.cjs'],
    },
  ],
};
