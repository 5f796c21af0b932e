import { readFile } from 'node:fs/promises';
import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { SettingsError } from '@ledger/platform';
import { PAPER_SETTINGS, type PaperSettings } from './paper-settings';

/** The font of all papers, read once. Only the characters that a paper uses go into its file. */
@Injectable()
export class PaperFont implements OnModuleInit {
  private font: Buffer | undefined;

  constructor(@Inject(PAPER_SETTINGS) private readonly settings: PaperSettings) {}

  /** @throws SettingsError: a service that cannot print says so when it starts, not at night before a lorry */
  async onModuleInit(): Promise<void> {
    try {
      this.font = await readFile(this.settings.fontFile);
    } catch (error) {
      throw new SettingsError([`PAPER_FONT_FILE: ${(error as Error).message}`]);
    }
  }

  get bytes(): Buffer {
    if (!this.font) throw new Error('the font is read when the module starts');
    return this.font;
  }
}
