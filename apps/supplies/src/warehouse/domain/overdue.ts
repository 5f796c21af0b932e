/** Work in a warehouse that waits for somebody, and the role that has to do it. */
export const WORK_OWNERS = {
  inspection: 'keeper',
  'scrap-decision': 'stock-manager',
  'transfer-dispatch': 'keeper',
  'transfer-arrival': 'keeper',
  'transfer-settlement': 'stock-manager',
} as const;

export type Work = keyof typeof WORK_OWNERS;
export const WORKS = Object.keys(WORK_OWNERS) as Work[];

/** Hours between two reminders of the same work. */
export const REMIND_EVERY_HOURS = 24;

/** Whoever has to act at a reminder: the owner of the work once, then the stock manager as well as before. */
export const ownerAt = (work: Work, reminder: number): string => (reminder === 1 ? WORK_OWNERS[work] : 'stock-manager');
