import { RETURN_URL_CHARACTERS } from './link';

/** Whether a page may link back to a URL: https, and an allowed host. */
export function isReturnUrl(url: string, hosts: readonly string[]): boolean {
  if (url.length > RETURN_URL_CHARACTERS || !URL.canParse(url)) return false;
  const { protocol, host, username, password } = new URL(url);
  return protocol === 'https:' && hosts.includes(host) && username === '' && password === '';
}
