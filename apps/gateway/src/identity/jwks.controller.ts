import { Controller, Get, Header } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Public } from '@ledger/platform';
import type { JSONWebKeySet } from 'jose';
import { SigningKeys } from './signing-keys';

/** The public keys by which every service verifies access tokens (RFC 7517). */
@ApiExcludeController()
@Public()
@Controller('.well-known')
export class JwksController {
  constructor(private readonly keys: SigningKeys) {}

  @Get('jwks.json')
  @Header('cache-control', 'public, max-age=300')
  publicKeys(): JSONWebKeySet {
    return this.keys.publicKeys();
  }
}
