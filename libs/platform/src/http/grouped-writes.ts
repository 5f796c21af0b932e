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
/** Requests that wait at most; further ones are refused at once. */
const MAX_WAITING = 1_024;

/**
 * Lets requests that arrive while a transaction is under way go down together in the next one, so that many callers
 * share its round trips and its commit. Nobody waits for company: a request that finds a free place goes at once.
 * A group that is refused is divided until the guilty requests stand alone: only they fail. As `Idempotency.once`, the
 * same key with the same content gets the first answer again, and a refused request leaves no trace.
 */
export class GroupedWrites<Input, Answer extends object> {
  private readonly waiting: Waiting<Input, Answer>[] = [];
  private underWay = 0;

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
      this.fill();
    });
  }

  private fill(): void {
    while (this.underWay < MAX_TRANSACTIONS && this.waiting.length > 0) {
      this.underWay++;
      void this.settle(this.nextGroup()).finally(() => {
        this.underWay--;
        this.fill();
      });
    }
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
      const answers = await this.database.transaction((tx) => this.write(tx, group));
      group.forEach(({ resolve }, index) => resolve(answers[index]));
    } catch (error) {
      if (group.length === 1 || isConnectionFault(error)) {
        group.forEach(({ reject }) => reject(error));
        return;
      }
      const middle = Math.ceil(group.length / 2);
      await this.settle(group.slice(0, middle));
      await this.settle(group.slice(middle));
    }
  }

  private async write(tx: Tx, group: readonly Waiting<Input, Answer>[]): Promise<Answer[]> {
    const fresh = await claimKeys(
      tx,
      group.map(({ identity }) => identity),
    );
    const first = group.filter((_, index) => fresh[index]);
    const answers = first.length > 0 ? await this.work(tx, inputsOf(first)) : [];
    await keepAnswers(
      tx,
      first.map(({ identity }) => identity),
      answers,
    );
    const all: Answer[] = [];
    for (const [index, { identity }] of group.entries()) {
      all.push(fresh[index] ? answers[all.length - repeated(fresh, index)] : await firstAnswer<Answer>(tx, identity));
    }
    return all;
  }
}

/** How many of the requests before this one had been answered earlier. */
const repeated = (fresh: readonly boolean[], index: number): number => fresh.slice(0, index).filter((is) => !is).length;
const inputsOf = <Input>(group: readonly { readonly input: Input }[]): Input[] => group.map(({ input }) => input);
const scopeOf = ({ caller, route, key }: Identity): string[] => [caller.userId, route, key];
const columnsOf = (identities: readonly Identity[]): string[][] => [
  identities.map(({ caller }) => caller.userId),
  identities.map(({ route }) => route),
  identities.map(({ key }) => key),
];

/** In the order of the keys, so that two groups with common keys do not wait for each other in a circle. */
async function claimKeys(tx: Tx, identities: readonly Identity[]): Promise<boolean[]> {
  const rows = await tx.query<{ place: number }>(
    `WITH claimed AS (
       INSERT INTO idempotency_keys (caller, route, key, content_hash)
       SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[]) AS wanted (caller, route, key, content_hash)
       ORDER BY caller, route, key ON CONFLICT DO NOTHING RETURNING caller, route, key)
     SELECT wanted.place::int AS place
     FROM unnest($1::text[], $2::text[], $3::text[]) WITH ORDINALITY AS wanted (caller, route, key, place)
     JOIN claimed USING (caller, route, key)`,
    [...columnsOf(identities), identities.map(({ contentHash }) => contentHash)],
  );
  const claimed = new Set(rows.map(({ place }) => place));
  return identities.map((_, index) => claimed.has(index + 1));
}

async function keepAnswers(tx: Tx, identities: readonly Identity[], answers: readonly object[]): Promise<void> {
  if (identities.length === 0) return;
  await tx.execute(
    `UPDATE idempotency_keys AS kept SET answer = given.answer
     FROM unnest($1::text[], $2::text[], $3::text[], $4::jsonb[]) AS given (caller, route, key, answer)
     WHERE kept.caller = given.caller AND kept.route = given.route AND kept.key = given.key`,
    [...columnsOf(identities), answers.map((answer) => JSON.stringify(answer))],
  );
}

async function firstAnswer<Answer>(tx: Tx, identity: Identity): Promise<Answer> {
  const [row] = await tx.query<{ content_hash: string; answer: Answer }>(
    'SELECT content_hash, answer FROM idempotency_keys WHERE caller = $1 AND route = $2 AND key = $3',
    scopeOf(identity),
  );
  if (!row || row.content_hash !== identity.contentHash) throw new DomainError('IDEMPOTENCY_KEY_REUSED');
  return row.answer;
}
