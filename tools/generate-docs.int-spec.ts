import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

const ROOT = join(__dirname, '..');
const run = (...parameters: string[]) =>
  promisify(execFile)(process.execPath, [join(ROOT, 'dist', 'tools', 'generate-docs.js'), ...parameters]);

/** The build ends by writing the documents, so what is compared here is also that two runs write the same. */
describe('generate-docs', () => {
  it('finds the committed documents to agree with the code', async () => {
    const { stdout } = await run('--check');
    expect(stdout).toMatch(/^\d+ documents agree with the code$/m);
  });

  it('says what it does', async () => {
    const { stdout } = await run('--help');
    expect(stdout).toContain('docs/openapi');
  });
});
