/** A person's name for those who do not need it: the first character stays. */
export const maskedName = (name: string): string => `${Array.from(name)[0] ?? ''}**`;

/** A telephone number for those who do not need it: at most three digits in front and two at the end stay. */
export function maskedPhone(phone: string): string {
  const shown = phone.length >= 9 ? [phone.slice(0, 3), phone.slice(-2)] : ['', ''];
  return shown.join('****');
}
