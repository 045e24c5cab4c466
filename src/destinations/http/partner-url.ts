import { z } from 'zod';

/** Device ids and tokens go over it, so it is encrypted or stays on this machine. */
export const partnerUrl = z.string().refine(isAllowed, "must begin with 'https://', or be a loopback address, without query");

function isAllowed(text: string): boolean {
  const url = URL.parse(text);
  if (url === null || url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') return false;
  return url.protocol === 'https:' || (url.protocol === 'http:' && ['127.0.0.1', '[::1]', 'localhost'].includes(url.hostname));
}
