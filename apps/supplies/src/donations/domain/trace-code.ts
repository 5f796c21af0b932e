/** Crockford's base 32: no letter that is taken for a digit when somebody reads it off a certificate. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const LENGTH = 26;

export const TRACE_CODE_PATTERN = /^[0-9A-HJKMNP-TV-Z]{26}$/;

/**
 * The code that lets whoever holds a certificate follow the goods: 130 random bits, so that it cannot be guessed or
 * counted through.
 * @param random  at least 17 random bytes
 */
export function traceCode(random: Uint8Array): string {
  let bits = 0n;
  for (const byte of random.slice(0, 17)) bits = (bits << 8n) | BigInt(byte);
  let code = '';
  for (let position = 0; position < LENGTH; position++) {
    code = ALPHABET[Number(bits & 31n)] + code;
    bits >>= 5n;
  }
  return code;
}
