import { vi } from 'vitest';

type Done = (error: Error | null, address?: unknown, family?: number) => void;

/** How often a name was looked up. */
export interface Lookups {
  readonly count: number;
}

/**
 * Makes every look-up of a name fail with a code of the system, or never end, until the test is over. It is the first thing that a connection needs,
 * so that what is wrong with the network can be brought about without a network.
 *
 * @param code - such as `ENOTFOUND`; undefined for a look-up that never ends
 */
export function breakLookup(code: string | undefined): Lookups {
  const dns = process.getBuiltinModule('node:dns');
  const lookups = { count: 0 };
  const lookup = (host: string, ...rest: readonly unknown[]): void => {
    const done = rest.at(-1) as Done;
    lookups.count += 1;
    if (code === undefined) return;
    const error = Object.assign(new Error(`getaddrinfo ${code} ${host}`), { code, syscall: 'getaddrinfo' });
    setImmediate(() => done(error));
  };
  vi.spyOn(dns, 'lookup').mockImplementation(lookup);
  return lookups;
}
