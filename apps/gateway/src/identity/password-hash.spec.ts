import { hashPassword, isPassword } from './password-hash';

describe('password hash', () => {
  it('accepts the password it was made from and no other', async () => {
    const stored = await hashPassword('Grün-2026 应急');
    await expect(isPassword('Grün-2026 应急', stored)).resolves.toBe(true);
    await expect(isPassword('Grün-2026 应', stored)).resolves.toBe(false);
  });

  it('names its strength and never repeats a salt', async () => {
    const [first, second] = await Promise.all([hashPassword('same'), hashPassword('same')]);
    expect(first).toMatch(/^scrypt\$17\$8\$1\$/);
    expect(first).not.toBe(second);
  });

  it('takes characters typed in another composition for the same', async () => {
    const stored = await hashPassword('Gru\u0308n');
    await expect(isPassword('Gr\u00fcn', stored)).resolves.toBe(true);
  });

  it('refuses a stored text of another kind', async () => {
    await expect(isPassword('any', 'plain$any')).rejects.toThrow('unknown format');
  });
});
