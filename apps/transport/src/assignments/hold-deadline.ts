/** The deadline after which vehicles that have neither loaded nor departed are freed. */
export const HOLD_DEADLINE = 'assignment-hold';
