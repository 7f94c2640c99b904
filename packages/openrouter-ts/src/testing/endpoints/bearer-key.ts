import type { Exchange } from '../exchange.ts';
import type { RecordedRequest } from '../recorded-request.ts';

/**
 * Reads the key of a request.
 *
 * @param request - the request
 * @returns the key, or undefined when there is none
 */
export function bearerKey({ headers }: Pick<RecordedRequest, 'headers'>): string | undefined {
  return /^Bearer +(\S+)$/i.exec(headers['authorization'] ?? '')?.[1];
}

/**
 * Tells whether a request has a key that manages.
 *
 * @param exchange - the request
 * @returns true for those that the simulator was told of
 */
export function isManagementKey({ request, settings }: Exchange): boolean {
  const key = bearerKey(request);
  return key !== undefined && settings.managementKeys?.includes(key) === true;
}
