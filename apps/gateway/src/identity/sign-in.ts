import { Injectable, Logger } from '@nestjs/common';
import { DomainError } from '@ledger/contracts';
import { AccessTokens, TOKEN_SECONDS } from './access-tokens';
import { WorkSlots } from './domain/work-slots';
import type { AccessTokenView } from './dto/identity.dto';
import { isPassword } from './password-hash';
import { SignInAttempts } from './sign-in-attempts';
import { UsersRepository } from './users.repository';

export interface Credentials {
  readonly username: string;
  readonly password: string;
  /** Network address of the caller. */
  readonly address: string;
}

/** Compared against when there is no account: an unknown name costs as much time as a wrong password. */
const NOBODYS_HASH = `scrypt$17$8$1$${'A'.repeat(22)}$${'A'.repeat(43)}`;

/** Each hash takes 128 MiB and a processor for a third of a second or more: two at once, eight wait. */
const HASHING = { running: 2, waiting: 8 };
const RETRY_AFTER_SECONDS = 3;

/** Exchanges a user name and a password for an access token. */
@Injectable()
export class SignIn {
  private readonly logger = new Logger(SignIn.name);
  private readonly hashing = new WorkSlots(HASHING);

  constructor(
    private readonly attempts: SignInAttempts,
    private readonly users: UsersRepository,
    private readonly tokens: AccessTokens,
  ) {}

  /**
   * @throws DomainError TOO_MANY_REQUESTS after too many attempts; SERVICE_UNAVAILABLE when too many sign-ins wait;
   *         AUTH_SIGN_IN_FAILED, the same for an unknown name and a wrong password
   */
  async execute({ username, password, address }: Credentials): Promise<AccessTokenView> {
    await this.attempts.count({ username, address });
    const account = await this.users.findByUsername(username);
    const stored = account?.passwordHash ?? NOBODYS_HASH;
    const matches = await this.hashing.run(() => isPassword(password, stored), tooManyAtOnce);
    if (!account || !matches) {
      this.logger.warn({ address, user: account?.caller.userId ?? 'unknown' }, 'sign-in refused');
      throw new DomainError('AUTH_SIGN_IN_FAILED');
    }
    await this.attempts.forgive({ username, address });
    this.logger.log({ address, user: account.caller.userId }, 'signed in');
    return { accessToken: await this.tokens.issue(account.caller), tokenType: 'Bearer', expiresIn: TOKEN_SECONDS };
  }
}

const tooManyAtOnce = (): DomainError =>
  new DomainError('SERVICE_UNAVAILABLE', {
    detail: 'too many people sign in at this moment',
    facts: { retryAfterSeconds: RETRY_AFTER_SECONDS },
  });
