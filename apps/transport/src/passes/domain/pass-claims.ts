/** What a green-channel pass is bound to. */
export interface PassTask {
  readonly number: string;
  readonly tripId: string;
  readonly allocationId: string;
  readonly plate: string;
  readonly driverName: string;
  /** Where goods are picked up; null for a vehicle that goes straight to the site. */
  readonly originName: string | null;
  readonly siteName: string;
  readonly validFrom: Date;
  readonly validUntil: Date;
}

/** The signed content of a pass; `nbf` and `exp` in seconds of the Unix epoch. */
export interface PassClaims {
  readonly iss: string;
  readonly jti: string;
  readonly sub: string;
  readonly task: string;
  readonly plate: string;
  readonly driver: string;
  readonly from: string | null;
  readonly to: string;
  readonly nbf: number;
  readonly exp: number;
}

export const PASS_ISSUER = 'emergency-resources-ledger/transport';
export const PASS_TYPE = 'green-pass+jwt';

/** Room for waiting, loading and unloading, and for the empty way home. */
const MARGIN_SECONDS = 12 * 60 * 60;

/**
 * The hours of a pass: from now until the hold of the vehicle ends, plus the way there and back and twelve hours.
 * Source: plan 004 §23 (green channel).
 */
export function passHours(
  now: Date,
  task: { readonly holdUntil: Date; readonly approachSeconds: number; readonly carriageSeconds: number },
): { readonly validFrom: Date; readonly validUntil: Date } {
  const onTheWaySeconds = 2 * (task.approachSeconds + task.carriageSeconds);
  const latestDeparture = Math.max(now.getTime(), task.holdUntil.getTime());
  return { validFrom: now, validUntil: new Date(latestDeparture + (onTheWaySeconds + MARGIN_SECONDS) * 1_000) };
}

/** Few and short claims: the pass becomes a QR code. */
export function passClaims(task: PassTask): PassClaims {
  return {
    iss: PASS_ISSUER,
    jti: task.number,
    sub: task.tripId,
    task: task.allocationId,
    plate: task.plate,
    driver: task.driverName,
    from: task.originName,
    to: task.siteName,
    nbf: secondsOf(task.validFrom),
    exp: secondsOf(task.validUntil),
  };
}

const secondsOf = (time: Date): number => Math.floor(time.getTime() / 1_000);
