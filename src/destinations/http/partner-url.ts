import { z } from 'zod';

/** Device ids and tokens go over it, so it is encrypted or stays on this machine. */
export const partnerUrl = z.string().refine(isAllowed, "must begin with 'https://', or be a loopback address, without query");

const LOOPBACK = /^(localhost|\[::1\]|127(\.\d{1,3}){3})$/;

function isAllowed(text: string): boolean {
  const url = URL.parse(text);
  if (url === null || url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') return false;
  return url.protocol === 'https:' || (url.protocol === 'http:' && LOOPBACK.test(url.hostname));
}
