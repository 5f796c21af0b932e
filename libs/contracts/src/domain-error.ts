import type { ProblemCode } from './problems';

/** One field that is wrong: where (JSON pointer into the request body, or a parameter's name) and why. */
export interface FieldFault {
  readonly pointer: string;
  readonly reason: string;
}

/** What a person may be told about a refusal. Never secrets, SQL, stacks or other people's data. */
export interface ProblemDetails {
  readonly detail?: string;
  readonly errors?: readonly FieldFault[];
  /** Named values that help a program act: `{ availableBase: 12 }`. */
  readonly facts?: Readonly<Record<string, string | number | boolean | null>>;
}

/**
 * A refusal by a rule. It knows no HTTP: the problem filter and the event shell translate it. Nothing in between
 * catches it to throw another.
 */
export class DomainError extends Error {
  constructor(
    readonly code: ProblemCode,
    readonly details: ProblemDetails = {},
  ) {
    super(details.detail ? `${code}: ${details.detail}` : code);
    this.name = 'DomainError';
  }
}
