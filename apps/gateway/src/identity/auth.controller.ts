import { Body, Controller, Get, Header, HttpCode, Ip, Post } from '@nestjs/common';
import type { Caller } from '@ledger/contracts';
import { Public, RequestCaller, RequireAction } from '@ledger/platform';
import { AccessTokenView, OwnAccountView, SignInRequest } from './dto/identity.dto';
import { SignIn } from './sign-in';

@Controller('auth')
export class AuthController {
  constructor(private readonly signIn: SignIn) {}

  /** Exchanges a user name and a password for an access token of 15 minutes. */
  @Post('token')
  @Public()
  @HttpCode(200)
  @Header('cache-control', 'no-store')
  token(@Body() request: SignInRequest, @Ip() address: string): Promise<AccessTokenView> {
    return this.signIn.execute({ username: request.username, password: request.password, address });
  }

  /** Who the caller is, by the token the request carries. */
  @Get('me')
  @RequireAction('identity.read-own')
  @Header('cache-control', 'no-store')
  me(@RequestCaller() caller: Caller): OwnAccountView {
    return {
      userId: caller.userId,
      username: caller.username,
      displayName: caller.displayName,
      roles: [...caller.roles],
      regionCode: caller.regionCode,
      organisationId: caller.organisationId,
      organisationKind: caller.organisationKind,
      realm: caller.realm,
    };
  }
}
