/** A name of which the family name is left: `王**`. */
export const maskName = (name: string): string => {
  const [first, ...rest] = [...name];
  return `${first}${'*'.repeat(Math.min(rest.length, 2))}`;
};

/** A telephone number of which the last two digits are left, enough to tell two apart on the telephone. */
export const maskPhone = (phone: string): string => `${'*'.repeat(Math.max(0, phone.length - 2))}${phone.slice(-2)}`;
