import { randomUUID } from 'node:crypto';
import { DEMO_PASSWORD, type ProblemCode } from '@ledger/contracts';

interface Problem {
  readonly code: ProblemCode;
  readonly title: string;
  readonly detail?: string;
  readonly errors?: readonly { pointer: string; reason: string }[];
}

/** The public API answered with a problem document. */
export class ApiProblem extends Error {
  constructor(
    readonly status: number,
    readonly problem: Problem,
    request: string,
  ) {
    const faults = problem.errors?.map((fault) => `${fault.pointer} ${fault.reason}`).join('; ');
    super(
      `${request}: ${status} ${problem.code}: ${[problem.title, problem.detail, faults].filter(Boolean).join(' – ')}`,
    );
    this.name = 'ApiProblem';
  }
}

const REQUEST_TIMEOUT_MS = 10_000;
/** An outage of some seconds is waited out; the key of the request keeps a second try from having a second effect. */
const MAX_TRIES = 10;

/** One signed-in user of the public HTTP API. */
export class ApiUser {
  private constructor(
    private readonly baseUrl: string,
    readonly username: string,
    private readonly token: string,
  ) {}

  static async signIn(baseUrl: string, username: string): Promise<ApiUser> {
    const answer = await call<{ accessToken: string }>(`${baseUrl}/api/v1/auth/token`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ username, password: DEMO_PASSWORD }),
    });
    return new ApiUser(baseUrl, username, answer.accessToken);
  }

  get<Answer>(path: string): Promise<Answer> {
    return call<Answer>(`${this.baseUrl}/api/v1${path}`, { headers: { authorization: `Bearer ${this.token}` } });
  }

  /** Every call is a new request with a key of its own; a lost answer is asked for again with the same key. */
  post<Answer>(path: string, body: object = {}): Promise<Answer> {
    return call<Answer>(`${this.baseUrl}/api/v1${path}`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${this.token}`,
        'content-type': 'application/json',
        'idempotency-key': randomUUID(),
      },
      body: JSON.stringify(body),
    });
  }
}

async function call<Answer>(url: string, request: RequestInit): Promise<Answer> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await callOnce<Answer>(url, request);
    } catch (error) {
      if (!isOutage(error) || attempt === MAX_TRIES) throw error;
      await new Promise((resolve) => setTimeout(resolve, 300 * attempt));
    }
  }
}

/** Nobody answered, or somebody said to come back later. Lost connections are TypeErrors, told by name: realms differ. */
function isOutage(error: unknown): boolean {
  return error instanceof ApiProblem
    ? error.status === 503
    : ['TypeError', 'TimeoutError'].includes((error as Error).name);
}

async function callOnce<Answer>(url: string, request: RequestInit): Promise<Answer> {
  const response = await fetch(url, { ...request, signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS) });
  const body = (await response.json()) as unknown;
  if (!response.ok) {
    throw new ApiProblem(response.status, body as Problem, `${request.method ?? 'GET'} ${new URL(url).pathname}`);
  }
  return body as Answer;
}
