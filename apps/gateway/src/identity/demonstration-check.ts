import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { SETTINGS, SettingsError, type Settings } from '@ledger/platform';
import { UsersRepository } from './users.repository';

/** Keeps accounts with a published password out of production. */
@Injectable()
export class DemonstrationCheck implements OnModuleInit {
  constructor(
    private readonly users: UsersRepository,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  /** @throws SettingsError in the production profile while a demonstration account exists */
  async onModuleInit(): Promise<void> {
    if (this.settings.profile !== 'production') return;
    const count = await this.users.countDemonstrationAccounts();
    if (count > 0) {
      throw new SettingsError([
        `LEDGER_PROFILE: the database holds ${count} demonstration accounts with a published password; ` +
          'production starts with a database of its own',
      ]);
    }
  }
}
