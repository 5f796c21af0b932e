import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DEMO_PASSWORD, type Caller } from '@ledger/contracts';
import { HealthService, RunningService, SettingsError } from '@ledger/platform';
import { startTestService, waitFor, type TestService } from '@ledger/testing';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import { SignInAttempts } from '../src/identity/sign-in-attempts';
import { generateSigningJwk } from '../src/identity/signing-key';
import { gatewayService } from '../src/service';

interface Problem {
  readonly code: string;
  readonly status: number;
}
interface Answer {
  readonly status: number;
  readonly body: Record<string, unknown> & Partial<Problem>;
  readonly headers: Headers;
}

let service: TestService;

beforeAll(async () => {
  service = await startTestService(gatewayService, { environment: { jwksUrl: undefined }, seeded: true });
});
afterAll(() => service.stop());

async function call(path: string, init: RequestInit = {}): Promise<Answer> {
  const response = await fetch(service.url + path, init);
  return { status: response.status, body: (await response.json()) as Answer['body'], headers: response.headers };
}

const signIn = (body: unknown, contentType = 'application/json'): Promise<Answer> =>
  call('/api/v1/auth/token', {
    method: 'POST',
    headers: { 'content-type': contentType },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });

const me = (authorization: string): Promise<Answer> => call('/api/v1/auth/me', { headers: { authorization } });

describe('signing in', () => {
  it('gives a token of 15 minutes by which the caller is known', async () => {
    const answer = await signIn({ username: 'dispatcher.hequ', password: DEMO_PASSWORD });
    expect(answer).toMatchObject({ status: 200, body: { tokenType: 'Bearer', expiresIn: 900 } });
    expect(answer.headers.get('cache-control')).toBe('no-store');

    const account = await me(`Bearer ${String(answer.body.accessToken)}`);
    expect(account.status).toBe(200);
    expect(account.body).toMatchObject({
      username: 'dispatcher.hequ',
      roles: ['dispatcher'],
      regionCode: '140930',
      organisationKind: 'emergency',
      realm: 'real',
    } satisfies Partial<Caller>);
  });

  it('answers an unknown name as it answers a wrong password', async () => {
    const [wrong, unknown] = await Promise.all([
      signIn({ username: 'keeper.hequ', password: 'wrong' }),
      signIn({ username: 'nobody', password: DEMO_PASSWORD }),
    ]);
    const { correlationId: _one, ...first } = wrong.body;
    const { correlationId: _two, ...second } = unknown.body;
    expect(first).toEqual(second);
    expect(first).toMatchObject({ status: 401, code: 'AUTH_SIGN_IN_FAILED' });
  });

  it.each([
    ['no password', { username: 'keeper.hequ' }],
    ['a name that is no text', { username: 7, password: 'x' }],
    ['a list for a password', { username: 'keeper.hequ', password: ['x'] }],
    ['an unknown field', { username: 'keeper.hequ', password: 'x', admin: true }],
    ['a name that is too long', { username: 'k'.repeat(101), password: 'x' }],
    ['a password that is too long', { username: 'keeper.hequ', password: 'x'.repeat(201) }],
    ['a name that no database takes', { username: 'keeper\u0000', password: 'x' }],
    ['half a character in the name', { username: 'keeper\ud800', password: 'x' }],
    ['a list', [{ username: 'keeper.hequ', password: 'x' }]],
    ['broken JSON', '{"username":'],
    ['nothing', ''],
  ])('refuses %s', async (_what, body) => {
    expect(await signIn(body)).toMatchObject({ status: 400, body: { code: 'REQUEST_INVALID' } });
  });

  it('refuses other content types and bodies of a megabyte', async () => {
    const other = await signIn('<username>keeper.hequ</username>', 'application/xml');
    expect(other).toMatchObject({ status: 415, body: { code: 'REQUEST_MEDIA_TYPE_UNSUPPORTED' } });
    const large = await signIn({ username: 'keeper.hequ', password: 'x'.repeat(1_000_000) });
    expect(large).toMatchObject({ status: 413, body: { code: 'REQUEST_TOO_LARGE' } });
  });

  it('refuses quickly, with a time to come back, when too many sign in at once', async () => {
    const answers = await Promise.all(
      Array.from({ length: 14 }, (_, index) => signIn({ username: `crowd.${index}`, password: 'x' })),
    );
    const refused = answers.filter(({ status }) => status === 503);
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(answers.length - refused.length);
    expect(refused.length).toBeGreaterThan(0);
    expect(refused.every(({ headers }) => Number(headers.get('retry-after')) > 0)).toBe(true);
  }, 30_000);
});

describe('attempts', () => {
  const attempts = (): SignInAttempts => service.running.app.get(SignInAttempts);
  const outcome = (attempt: Promise<void>): Promise<string> =>
    attempt.then(
      () => 'counted',
      (error: Error) => error.message,
    );
  const countOutcomes = (outcomes: readonly string[]) => ({
    counted: outcomes.filter((text) => text === 'counted').length,
    refused: outcomes.filter((text) => text === 'TOO_MANY_REQUESTS').length,
  });

  it('of one name have to wait after ten, wherever they come from and however many come at once', async () => {
    const outcomes = await Promise.all(
      Array.from({ length: 30 }, (_, index) =>
        outcome(attempts().count({ username: 'teams.hequ', address: `10.0.0.${index}` })),
      ),
    );
    expect(countOutcomes(outcomes)).toEqual({ counted: 11, refused: 19 });

    await service.database.query(`UPDATE sign_in_attempts SET blocked_until = now() + interval '5 minutes'
                                  WHERE kind = 'user' AND attempts = 11`);
    const blocked = await signIn({ username: 'teams.hequ', password: DEMO_PASSWORD });
    expect(blocked).toMatchObject({ status: 429, body: { code: 'TOO_MANY_REQUESTS' } });
    expect(Number(blocked.headers.get('retry-after'))).toBeGreaterThan(250);
  });

  it('of one address have to wait after a hundred, whichever names they try', async () => {
    const outcomes: string[] = [];
    for (let index = 0; index < 105; index++) {
      outcomes.push(await outcome(attempts().count({ username: `guess.${index}`, address: '10.9.9.9' })));
    }
    expect(countOutcomes(outcomes)).toEqual({ counted: 101, refused: 4 });
  });

  it('are forgotten after a success', async () => {
    const source = { username: 'carrier.hequ', address: '10.8.8.8' };
    for (let index = 0; index < 9; index++) await attempts().count(source);
    expect(await signIn({ username: 'carrier.hequ', password: DEMO_PASSWORD })).toMatchObject({ status: 200 });
    const outcomes = await Promise.all(Array.from({ length: 9 }, () => outcome(attempts().count(source))));
    expect(countOutcomes(outcomes)).toEqual({ counted: 9, refused: 0 });
  });

  it('are cleared away when they are old', async () => {
    await service.database.query(`UPDATE sign_in_attempts SET last_attempt_at = now() - interval '2 hours',
                                                             blocked_until = now() - interval '2 hours'`);
    for (let index = 0; index < 12; index++) await attempts().count({ username: `late.${index}`, address: '10.7.7.7' });
    const [{ old }] = await service.database.query<{ old: number }>(
      `SELECT count(*)::int AS old FROM sign_in_attempts WHERE last_attempt_at < now() - interval '1 hour'`,
    );
    expect(old).toBe(0);
  });
});

describe('the keys', () => {
  it('are published without their private part and verify the tokens', async () => {
    const { body } = await call('/.well-known/jwks.json');
    const { keys } = body as unknown as { keys: Record<string, string>[] };
    expect(keys.map((key) => Object.keys(key).sort())).toEqual([['alg', 'crv', 'kid', 'kty', 'use', 'x']]);

    const { body: token } = await signIn({ username: 'approver.hequ', password: DEMO_PASSWORD });
    const remote = createRemoteJWKSet(new URL(`${service.url}/.well-known/jwks.json`));
    const { payload, protectedHeader } = await jwtVerify(String(token.accessToken), remote);
    expect(protectedHeader).toMatchObject({ alg: 'EdDSA', kid: keys[0].kid });
    expect(payload).toMatchObject({ preferred_username: 'approver.hequ', region_code: '140930' });
    expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(900);
  });

  it('stay the same when the service starts again', async () => {
    const { body: before } = await call('/.well-known/jwks.json');
    const again = await RunningService.start(gatewayService, service.settings);
    const after: unknown = await (await fetch(`http://127.0.0.1:${again.port}/.well-known/jwks.json`)).json();
    const health = again.app.get(HealthService);
    await waitFor('the second copy to be ready', async () => (await health.report()).status === 'ready');
    await again.stop();
    expect(after).toEqual(before);
  });
});

describe('the production profile', () => {
  let folder: string;
  let signingKeyFile: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ledger-keys-'));
    signingKeyFile = join(folder, 'key.json');
    await writeFile(signingKeyFile, JSON.stringify(await generateSigningJwk()));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('does not start while demonstration accounts exist', async () => {
    const settings = { ...service.settings, profile: 'production' as const, signingKeyFile };
    const start = RunningService.start(gatewayService, settings);
    await expect(start).rejects.toThrow(SettingsError);
    await expect(start).rejects.toThrow('demonstration accounts');
  });

  it('seeds the divisions, and neither invented organisations nor accounts', async () => {
    const production = await startTestService(gatewayService, {
      environment: { profile: 'production', signingKeyFile, jwksUrl: undefined },
      seeded: true,
    });
    const [counts] = await production.database.query(
      `SELECT (SELECT count(*) FROM regions) > 0 AS regions, (SELECT count(*) FROM organisations) > 0 AS organisations,
              (SELECT count(*)::int FROM users) AS users, (SELECT count(*)::int FROM signing_keys) AS keys`,
    );
    await production.stop();
    expect(counts).toEqual({ regions: true, organisations: false, users: 0, keys: 0 });
  });

  it.each([
    ['not JSON', '{"kty":"OKP","d":"secret-part'],
    ['neither Ed25519 nor P-256', JSON.stringify({ kty: 'oct', k: 'c2VjcmV0LXBhcnQ' })],
    ['no private part', JSON.stringify({ kty: 'OKP', crv: 'Ed25519', x: 'abc' })],
  ])('says that a key file is of no use because it is %s, and keeps its content to itself', async (reason, content) => {
    const file = join(folder, 'bad.json');
    await writeFile(file, content);
    const start = RunningService.start(gatewayService, { ...service.settings, signingKeyFile: file });
    await expect(start).rejects.toThrow(`SIGNING_KEY_FILE: `);
    const message = await start.catch((error: Error) => error.message);
    expect(message).toContain(reason);
    expect(message).not.toContain('secret-part');
  });
});
