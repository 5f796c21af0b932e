import { ValidationPipe, type ArgumentMetadata, type ValidationError } from '@nestjs/common';
import { DomainError, type FieldFault } from '@ledger/contracts';
import { withoutNulls } from './absent-fields';

const MAX_FAULTS = 50;
/** Names of fields are the caller's: an answer repeats so much of one. */
const MAX_NAME_CHARACTERS = 100;
const MAX_REASON_CHARACTERS = 300;

/** Optional fields may come as null; behind this pipe they are not there. */
class EdgePipe extends ValidationPipe {
  override async transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    const checked: unknown = await super.transform(value, metadata);
    return metadata.type === 'body' ? withoutNulls(checked) : checked;
  }
}

/** The one pipe of the HTTP edge: known fields only, no silent conversion, and every fault named by its place. */
export function createValidationPipe(): ValidationPipe {
  return new EdgePipe({
    transform: true,
    whitelist: true,
    forbidNonWhitelisted: true,
    forbidUnknownValues: true,
    stopAtFirstError: true,
    validationError: { target: false, value: false },
    exceptionFactory: (errors) =>
      new DomainError('REQUEST_INVALID', { errors: faultsOf(errors, '').slice(0, MAX_FAULTS) }),
  });
}

function faultsOf(errors: readonly ValidationError[], parent: string): FieldFault[] {
  return errors.flatMap((error) => {
    const pointer = `${parent}${stepTo(error.property as string | undefined)}`;
    const reasons = Object.values(error.constraints ?? {});
    const own = reasons.map((reason) => ({ pointer, reason: reason.slice(0, MAX_REASON_CHARACTERS) }));
    return [...own, ...faultsOf(error.children ?? [], pointer)];
  });
}

/** One step of a JSON pointer; a fault of the value as a whole names no field. */
function stepTo(name: string | undefined): string {
  if (name === undefined) return '';
  return `/${name.slice(0, MAX_NAME_CHARACTERS).replaceAll('~', '~0').replaceAll('/', '~1')}`;
}
