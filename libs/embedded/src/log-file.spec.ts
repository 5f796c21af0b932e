import { lastMessage } from './log-file';

describe('lastMessage', () => {
  it('takes the message of a JSON line', () => {
    expect(lastMessage('{"level":30,"msg":"begin"}\n{"level":50,"msg":"no database"}\n')).toBe('no database');
  });

  it('prefers the error that a JSON line carries', () => {
    expect(lastMessage('{"level":50,"msg":"stopped","err":{"message":"relation is missing"}}')).toBe(
      'relation is missing',
    );
  });

  it('takes plain text as it is', () => {
    expect(lastMessage('DATABASE_URL: required\nPORT: not a number\n\n')).toBe('PORT: not a number');
  });

  it('takes the message before a stack trace', () => {
    const output =
      'supplies: error: relation "lots" does not exist\n    at parse (/x/parser.js:1:2)\n    at async seed (/x/seed.js:3:4) {\n' +
      "  code: '42P01'\n}\n\nNode.js v24.21.0\n";
    expect(lastMessage(output)).toBe('supplies: error: relation "lots" does not exist');
  });

  it('is empty when nothing was said', () => {
    expect(lastMessage('')).toBe('');
  });
});
