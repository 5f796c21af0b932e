export type Step = () => Promise<unknown>;

/** Runs every step, one after the other, whatever an earlier one does. @throws the first error, after all of them */
export async function inTurn(steps: readonly Step[]): Promise<void> {
  const faults: unknown[] = [];
  for (const step of steps) await step().catch((fault: unknown) => faults.push(fault));
  if (faults.length > 0) throw faults[0];
}
