import { MAX_SIGNATURE_BYTES, MAX_SIGNATURE_CHARACTERS, signatureFault } from './signature';

const png = (bytes: number): string => {
  const image = Buffer.alloc(bytes);
  image.set([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return image.toString('base64');
};

it('a signature is a PNG of at most 20 KB', () => {
  expect(signatureFault(png(100))).toBeUndefined();
  expect(signatureFault(png(MAX_SIGNATURE_BYTES))).toBeUndefined();
  expect(png(MAX_SIGNATURE_BYTES).length).toBeLessThanOrEqual(MAX_SIGNATURE_CHARACTERS);
});

it.each([
  ['too large', png(MAX_SIGNATURE_BYTES + 1), 'is larger than 20480 bytes'],
  ['another image', Buffer.from('GIF89a..........').toString('base64'), 'is not a PNG image'],
  ['nothing', '', 'is not a PNG image'],
  ['no base64', 'a signature?', 'is not base64'],
  ['cut off', png(100).slice(0, -3), 'is not base64'],
])('%s is refused', (_what, image, fault) => {
  expect(signatureFault(image)).toBe(fault);
});
