import { Module } from '@nestjs/common';
import { AccessTokens } from './access-tokens';
import { AuthController } from './auth.controller';
import { DemonstrationCheck } from './demonstration-check';
import { JwksController } from './jwks.controller';
import { SignIn } from './sign-in';
import { SignInAttempts } from './sign-in-attempts';
import { SigningKeys } from './signing-keys';
import { UsersRepository } from './users.repository';

@Module({
  controllers: [AuthController, JwksController],
  providers: [UsersRepository, SigningKeys, AccessTokens, SignInAttempts, SignIn, DemonstrationCheck],
})
export class IdentityModule {}
