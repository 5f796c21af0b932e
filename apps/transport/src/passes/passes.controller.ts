import { Controller, Get } from '@nestjs/common';
import { RequireAction } from '@ledger/platform';
import { PassKeysResponse } from './dto/pass-key.dto';
import { PassKeys } from './pass-keys';

@Controller('passes')
export class PassesController {
  constructor(private readonly passKeys: PassKeys) {}

  /** The public keys that verify green-channel passes, without a network once they are known. */
  @Get('keys')
  @RequireAction('vehicle.read')
  async keys(): Promise<PassKeysResponse> {
    return { keys: await this.passKeys.publicKeys() };
  }
}
