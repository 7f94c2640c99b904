/** What went wrong with a proxy: its URL, the way to it, or its answer. */
export type ProxyErrorCode = 'ERR_PROXY_URL' | 'ERR_PROXY_CONNECTION' | 'ERR_PROXY_TUNNEL';

/**
 * Makes the error of a proxy, which is told by its code as those of the system are.
 *
 * @param code - what went wrong
 * @param message - the same in words, without the proxy's password
 * @param cause - what went wrong beneath
 * @returns an Error with the code
 */
export function proxyError(code: ProxyErrorCode, message: string, cause?: unknown): Error {
  return Object.assign(new Error(message, { cause }), { code });
}
