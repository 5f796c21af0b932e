import type { FieldFault, KeyInputLevel, ReserveMode } from '@ledger/contracts';

export interface Figures {
  readonly stockBase: number | null;
  readonly ratePerDay: number | null;
  readonly startUpHours: number | null;
  readonly keyInputs: string | null;
  readonly keyInputsLevel: KeyInputLevel | null;
}

/**
 * What is missing from a confirmation, or does not belong into it. A plant says its rate, its start-up time and how its
 * key inputs stand, and may say what lies finished; everybody else says what is in store.
 */
export function figureFaults(mode: ReserveMode, figures: Figures): FieldFault[] {
  const isPlant = mode === 'capacity';
  const needed: readonly (keyof Figures)[] = isPlant ? ['ratePerDay', 'startUpHours', 'keyInputsLevel'] : ['stockBase'];
  const foreign: readonly (keyof Figures)[] = isPlant
    ? []
    : ['ratePerDay', 'startUpHours', 'keyInputs', 'keyInputsLevel'];
  return [
    ...needed
      .filter((field) => figures[field] === null)
      .map((field) => fault(field, `is required for ${mode} reserve`)),
    ...foreign.filter((field) => figures[field] !== null).map((field) => fault(field, 'is for capacity reserve only')),
  ];
}

const fault = (field: string, reason: string): FieldFault => ({ pointer: `/${field}`, reason });
