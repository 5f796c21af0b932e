/** The number as people outside see it: enough to recognise it, too little to call. */
export const maskedPhone = (phone: string): string =>
  phone.length <= 4 ? '****' : `${phone.slice(0, Math.min(3, phone.length - 4))}****${phone.slice(-2)}`;
