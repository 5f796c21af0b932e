import { LINE_PATTERN, PARAGRAPH_PATTERN } from './text-patterns';

describe('text patterns', () => {
  it.each(['楼子营村洪涝', 'Flood – level III', 'tent – 12 m²', '', '𠮷'])('take %j as a line', (text) => {
    expect(LINE_PATTERN.test(text)).toBe(true);
    expect(PARAGRAPH_PATTERN.test(text)).toBe(true);
  });

  it.each(['a\u0000b', 'a\u001bb', 'a\u007fb', 'a\ud800b', '\udc00'])('refuse %j everywhere', (text) => {
    expect(LINE_PATTERN.test(text)).toBe(false);
    expect(PARAGRAPH_PATTERN.test(text)).toBe(false);
  });

  it('take line breaks in a paragraph only', () => {
    expect(LINE_PATTERN.test('one\ntwo')).toBe(false);
    expect(PARAGRAPH_PATTERN.test('one\n\ttwo\r\n')).toBe(true);
  });
});
