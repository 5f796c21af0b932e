import { Controller, Get, Header } from '@nestjs/common';
import { Public } from '@ledger/platform';
import { PublicKeysView } from './dto/identity.dto';
import { SigningKeys } from './signing-keys';

/** The public keys by which every service verifies access tokens (RFC 7517). */
@Public()
@Controller('.well-known')
export class JwksController {
  constructor(private readonly keys: SigningKeys) {}

  /** The public keys of this installation; the first signs. */
  @Get('jwks.json')
  @Header('cache-control', 'public, max-age=300')
  publicKeys(): PublicKeysView {
    return this.keys.publicKeys();
  }
}
