import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

/** Work factors of scrypt; `log2N` 17 with r 8 and p 1 is what OWASP asks for, and takes 128 MiB while it runs. */
interface Strength {
  readonly log2N: number;
  readonly r: number;
  readonly p: number;
}

const STRENGTH: Strength = { log2N: 17, r: 8, p: 1 };
const SALT_BYTES = 16;
const HASH_BYTES = 32;
const FORMAT = /^scrypt\$(\d{1,2})\$(\d{1,2})\$(\d{1,2})\$([\w-]{22})\$([\w-]{43})$/;

/** Hashes a password with a fresh salt into `scrypt$log2N$r$p$salt$hash` (base64url). */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  const hash = await derive(password, salt, STRENGTH);
  const { log2N, r, p } = STRENGTH;
  return ['scrypt', log2N, r, p, salt.toString('base64url'), hash.toString('base64url')].join('$');
}

/**
 * Compares in constant time, with the strength the stored text names.
 * @throws Error when the stored text is not one that `hashPassword` made
 */
export async function isPassword(password: string, stored: string): Promise<boolean> {
  const match = FORMAT.exec(stored);
  if (!match) throw new Error('the stored password hash has an unknown format');
  const [log2N, r, p] = match.slice(1, 4).map(Number);
  const hash = await derive(password, Buffer.from(match[4], 'base64url'), { log2N, r, p });
  return timingSafeEqual(hash, Buffer.from(match[5], 'base64url'));
}

/** NFKC first: the same characters typed on two keyboards give the same bytes. */
function derive(password: string, salt: Buffer, { log2N, r, p }: Strength): Promise<Buffer> {
  const N = 2 ** log2N;
  return new Promise((resolve, reject) => {
    const maxmem = 128 * N * r * 2;
    scrypt(password.normalize('NFKC'), salt, HASH_BYTES, { N, r, p, maxmem }, (error, key) =>
      error ? reject(error) : resolve(key),
    );
  });
}
