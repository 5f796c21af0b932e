import { DomainError } from '@ledger/contracts';
import type { Database, Tx } from '../database/database';
import { isConnectionFault } from '../database/transient-fault';
import type { Identity } from './request-identity.decorator';

/**
 * Writes several requests in one transaction: one answer per input, in their order. It refuses by throwing; a refusal
 * is of the whole list.
 */
export type GroupedWork<Input, Answer> = (tx: Tx, inputs: readonly Input[]) => Promise<Answer[]>;

interface Waiting<Input, Answer> {
  readonly identity: Identity;
  readonly input: Input;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: unknown) => void;
}

/** Requests that one transaction carries at most. */
const MAX_GROUP = 64;
/** Transactions of one kind under way at once: one is at work in the database while the next is being made up. */
const MAX_TRANSACTIONS = 2;
/**
 * How long the first request after a group waits for those whose callers have just been answered and come again. Without
 * it the first one goes alone and all others wait for it.
 */
const GATHER_MS = 5;
/** How often a group runs again because another transaction took one of its keys. */
const MAX_ATTEMPTS = 3;
/** Requests that wait at most; further ones are refused at once. */
const MAX_WAITING = 1_024;

/**
 * Lets requests that arrive while a transaction is under way go down together in the next one, so that many callers
 * share its round trips and its commit. A request that comes alone goes at once.
 * A group that is refused is divided until the guilty requests stand alone: only they fail. As `Idempotency.once`, the
 * same key with the same content gets the first answer again, and a refused request leaves no trace.
 */
export class GroupedWrites<Input, Answer extends object> {
  private readonly waiting: Waiting<Input, Answer>[] = [];
  private underWay = 0;
  /** Requests of the last group: as many may be expected to come again. */
  private expected = 0;
  private gathering: NodeJS.Timeout | undefined;

  constructor(
    private readonly database: Database,
    private readonly work: GroupedWork<Input, Answer>,
  ) {}

  /**
   * @throws DomainError TOO_MANY_REQUESTS when too many wait; IDEMPOTENCY_KEY_REUSED; whatever the work throws
   */
  once(identity: Identity, input: Input): Promise<Answer> {
    if (this.waiting.length >= MAX_WAITING) throw new DomainError('TOO_MANY_REQUESTS');
    return new Promise((resolve, reject) => {
      this.waiting.push({ identity, input, resolve, reject });
      this.gather();
    });
  }

  /** Goes at once when nobody else is expected or as many are there as were before; else waits a moment for them. */
  private gather(): void {
    if (this.underWay >= MAX_TRANSACTIONS || this.waiting.length === 0) return;
    if (this.waiting.length >= this.expected) return this.go();
    this.gathering ??= setTimeout(() => this.go(), GATHER_MS);
  }

  private go(): void {
    clearTimeout(this.gathering);
    this.gathering = undefined;
    if (this.underWay >= MAX_TRANSACTIONS || this.waiting.length === 0) return;
    const group = this.nextGroup();
    this.expected = group.length > 1 ? group.length : 0;
    this.underWay++;
    void this.settle(group).finally(() => {
      this.underWay--;
      this.gather();
    });
  }

  /** The first that wait, each key once: a repetition waits for the answer of the first. */
  private nextGroup(): Waiting<Input, Answer>[] {
    const keys = new Set<string>();
    let count = 0;
    while (count < Math.min(MAX_GROUP, this.waiting.length)) {
      const key = scopeOf(this.waiting[count].identity).join(' ');
      if (keys.has(key)) break;
      keys.add(key);
      count++;
    }
    return this.waiting.splice(0, count);
  }

  /** Answers every request of a group; never throws. */
  private async settle(group: readonly Waiting<Input, Answer>[]): Promise<void> {
    try {
      const answers = await this.write(group);
      group.forEach(({ resolve }, index) => resolve(answers[index]));
    } catch (error) {
      if (group.length === 1 || isConnectionFault(error)) return this.refuse(group, error);
      const middle = Math.ceil(group.length / 2);
      await this.settle(group.slice(0, middle));
      await this.settle(group.slice(middle));
    }
  }

  /** A refusal may come from the effect of the same request, which was under way elsewhere: its answer counts. */
  private async refuse(group: readonly Waiting<Input, Answer>[], error: unknown): Promise<void> {
    const isRule = error instanceof DomainError && error.code !== 'IDEMPOTENCY_KEY_REUSED';
    for (const { identity, resolve, reject } of group) {
      const first = isRule ? await this.givenElsewhere(identity) : undefined;
      if (first) resolve(first);
      else reject(error);
    }
  }

  private async givenElsewhere(identity: Identity): Promise<Answer | undefined> {
    const [given] = await givenAnswers<Answer>(this.database, [identity]).catch(() => []);
    return given;
  }

  /**
   * Looks for answers first and keeps the new ones last, one row per request written once. A key that came in between
   * waits for the other transaction and then undoes this one, which runs again and finds the answer.
   */
  private async write(group: readonly Waiting<Input, Answer>[]): Promise<Answer[]> {
    const identities = group.map(({ identity }) => identity);
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.database.transaction(async (tx) => {
          const given = await givenAnswers<Answer>(tx, identities);
          const fresh = group.filter((_, index) => !given[index]);
          if (fresh.length === 0) return given as Answer[];
          const answers = await this.work(tx, inputsOf(fresh));
          await keepAnswers(tx, identitiesOf(fresh), answers);
          const rest = answers[Symbol.iterator]();
          return given.map((answer) => answer ?? (rest.next().value as Answer));
        });
      } catch (error) {
        if (!(error instanceof KeyTakenError) || attempt === MAX_ATTEMPTS) throw error;
      }
    }
  }
}

const identitiesOf = (group: readonly { readonly identity: Identity }[]): Identity[] =>
  group.map(({ identity }) => identity);
const inputsOf = <Input>(group: readonly { readonly input: Input }[]): Input[] => group.map(({ input }) => input);
const scopeOf = ({ caller, route, key }: Identity): string[] => [caller.userId, route, key];
const columnsOf = (identities: readonly Identity[]): string[][] => [
  identities.map(({ caller }) => caller.userId),
  identities.map(({ route }) => route),
  identities.map(({ key }) => key),
];

/** Another transaction has kept an answer under one of the keys since this one looked. */
class KeyTakenError extends Error {}

/**
 * The answers that were given before, one place per identity.
 * @throws DomainError IDEMPOTENCY_KEY_REUSED when a key came before with other content
 */
async function givenAnswers<Answer>(
  source: Pick<Tx, 'query'>,
  identities: readonly Identity[],
): Promise<(Answer | undefined)[]> {
  const rows = await source.query<{ place: number; content_hash: string; answer: Answer }>(
    `SELECT wanted.place::int AS place, kept.content_hash, kept.answer
     FROM unnest($1::text[], $2::text[], $3::text[]) WITH ORDINALITY AS wanted (caller, route, key, place)
     JOIN idempotency_keys AS kept USING (caller, route, key)`,
    columnsOf(identities),
  );
  const given: (Answer | undefined)[] = identities.map(() => undefined);
  for (const { place, content_hash, answer } of rows) {
    if (content_hash !== identities[place - 1].contentHash) throw new DomainError('IDEMPOTENCY_KEY_REUSED');
    given[place - 1] = answer;
  }
  return given;
}

/** In the order of the keys, so that two groups with common keys do not wait for each other in a circle. */
async function keepAnswers(tx: Tx, identities: readonly Identity[], answers: readonly object[]): Promise<void> {
  const kept = await tx.execute(
    `INSERT INTO idempotency_keys (caller, route, key, content_hash, answer)
     SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::jsonb[])
       AS given (caller, route, key, content_hash, answer)
     ORDER BY caller, route, key ON CONFLICT DO NOTHING`,
    [
      ...columnsOf(identities),
      identities.map(({ contentHash }) => contentHash),
      answers.map((answer) => JSON.stringify(answer)),
    ],
  );
  if (kept !== identities.length) throw new KeyTakenError('an idempotency key was taken meanwhile');
}
