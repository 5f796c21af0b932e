import { DomainError } from '@ledger/contracts';

/**
 * Where an import stands. `uploaded`: the file is stored and waits to be looked at; `inspected`: sheets and headings are
 * known; `mapped`: the columns have their meaning; `checking`: the dry run is under way; `checked`: what would happen is
 * known; `committing`: rows are being posted; the last three are ends.
 */
export const IMPORT_STATES = [
  'uploaded',
  'inspected',
  'mapped',
  'checking',
  'checked',
  'committing',
  'committed',
  'failed',
  'cancelled',
] as const;
export type ImportState = (typeof IMPORT_STATES)[number];

/**
 * What can happen to an import. `recognise` maps the columns as they were mapped the last time, `map` and `decide` are a
 * person's word on columns and names, after which an earlier dry run counts no more.
 */
export const IMPORT_EVENTS = [
  'inspect',
  'recognise',
  'map',
  'decide',
  'check',
  'finish-check',
  'commit',
  'finish-commit',
  'fail',
  'cancel',
] as const;
export type ImportEvent = (typeof IMPORT_EVENTS)[number];

const TRANSITIONS: Readonly<Record<ImportState, Readonly<Partial<Record<ImportEvent, ImportState>>>>> = {
  uploaded: { inspect: 'inspected', recognise: 'mapped', fail: 'failed', cancel: 'cancelled' },
  inspected: { map: 'mapped', cancel: 'cancelled' },
  mapped: { map: 'mapped', decide: 'mapped', check: 'checking', cancel: 'cancelled' },
  checking: { 'finish-check': 'checked', fail: 'failed', cancel: 'cancelled' },
  checked: { map: 'mapped', decide: 'mapped', check: 'checking', commit: 'committing', cancel: 'cancelled' },
  committing: { 'finish-commit': 'committed', fail: 'failed' },
  committed: {},
  failed: {},
  cancelled: {},
};

/** States in which the worker has something to do. */
export const WORKING_STATES = ['uploaded', 'checking', 'committing'] as const satisfies readonly ImportState[];

export const isOver = (state: ImportState): boolean => Object.keys(TRANSITIONS[state]).length === 0;

/** @throws DomainError SUPPLIES_IMPORT_STATE when an import in this state cannot do that */
export function nextState(state: ImportState, event: ImportEvent): ImportState {
  const next = TRANSITIONS[state][event];
  if (!next) throw new DomainError('SUPPLIES_IMPORT_STATE', { detail: `it is ${state}`, facts: { state } });
  return next;
}
