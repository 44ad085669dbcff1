import { isIP } from 'node:net';
import { NotificationRefusedError } from './notifier';

const HTTPS_PORT = '443';

/**
 * The URL, if it may be posted to: https, without user and password, a host by name, listed by the operators as `host` (port 443)
 * or `host:port`. Messages never contain its path, which can hold a token.
 *
 * @throws {NotificationRefusedError}
 */
export function allowedUrl(url: string, allowedHosts: readonly string[]): URL {
  if (!URL.canParse(url)) throw new NotificationRefusedError('notificationUrl is not a URL');
  const parsed = new URL(url);
  if (parsed.protocol !== 'https:') throw new NotificationRefusedError('notificationUrl must be an https URL');
  if (parsed.username !== '' || parsed.password !== '') {
    throw new NotificationRefusedError('notificationUrl must not hold a user or a password');
  }
  // A literal address needs no lookup, and addresses are checked there.
  if (isIP(parsed.hostname.replace(/^\[|\]$/g, '')) !== 0) {
    throw new NotificationRefusedError('notificationUrl must name a host, not an address');
  }
  const port = parsed.port || HTTPS_PORT;
  const listed = allowedHosts.some((allowed) => {
    const [host = '', allowedPort = HTTPS_PORT] = allowed.toLowerCase().split(':');
    return host === parsed.hostname && allowedPort === port;
  });
  if (!listed) {
    throw new NotificationRefusedError(
      `${parsed.host} is not a host notifications may go to; NUMBER_ORDERS_NOTIFICATION_HOSTS lists those`,
    );
  }
  return parsed;
}
