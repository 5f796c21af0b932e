import { SetMetadata } from '@nestjs/common';
import type { Action } from '@ledger/contracts';

export const ACTION_METADATA = 'ledger:action';
export const PUBLIC_METADATA = 'ledger:public';

/** Declares what a route does; the policy table says which roles may. A route without it stops the service from starting. */
export const RequireAction = (action: Action): MethodDecorator => SetMetadata(ACTION_METADATA, action);

/** Declares a route that answers without a person behind it. */
export const Public = (): MethodDecorator & ClassDecorator => SetMetadata(PUBLIC_METADATA, true);
