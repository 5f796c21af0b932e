export const DRAW_STATES = ['requested', 'on-the-road', 'received', 'refused', 'lapsed'] as const;
/** requested: holds its pieces · on-the-road: signed and handed over · received: the owner counted what came. */
export type DrawState = (typeof DRAW_STATES)[number];

export const DRAW_EVENTS = ['sign', 'refuse', 'lapse', 'receive'] as const;
export type DrawEvent = (typeof DRAW_EVENTS)[number];

/** The life of a draw from a joint reserve. What is not in the table is forbidden. */
const TRANSITIONS: Readonly<Record<DrawState, Readonly<Partial<Record<DrawEvent, DrawState>>>>> = {
  requested: { sign: 'on-the-road', refuse: 'refused', lapse: 'lapsed' },
  'on-the-road': { receive: 'received' },
  received: {},
  refused: {},
  lapsed: {},
};

/** The state after an event, or undefined when the event is forbidden in this state. */
export function nextDrawState(state: DrawState, event: DrawEvent): DrawState | undefined {
  return TRANSITIONS[state][event];
}
