const PNG_START = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
export const MAX_SIGNATURE_BYTES = 20 * 1024;
/** As many characters as the largest image has in base64. */
export const MAX_SIGNATURE_CHARACTERS = Math.ceil(MAX_SIGNATURE_BYTES / 3) * 4;

export const SIGNED_FOR = ['self', 'family', 'neighbour', 'official'] as const;
/** In whose place somebody signed: the head of the household, one of the family, a neighbour, a village official. */
export type SignedFor = (typeof SIGNED_FOR)[number];

/** Why an image is no signature, or undefined when it is: a PNG of at most 20 KB in plain base64. */
export function signatureFault(base64: string): string | undefined {
  const bytes = Buffer.from(base64, 'base64');
  if (bytes.toString('base64') !== base64) return 'is not base64';
  if (bytes.length > MAX_SIGNATURE_BYTES) return `is larger than ${MAX_SIGNATURE_BYTES} bytes`;
  return PNG_START.every((byte, index) => bytes[index] === byte) ? undefined : 'is not a PNG image';
}
