import type { Screen } from './surroundings.ts';

/**
 * Watches for the end of whoever reads the output, such as `head` after its first lines.
 *
 * @param screen - the output; from now on its errors are no longer nobody's
 * @returns a signal that aborts with the system's error
 */
export function readerGone(screen: Screen): AbortSignal {
  const controller = new AbortController();
  screen.on('error', (error) => {
    controller.abort(error);
  });
  return controller.signal;
}

/**
 * Tells a reader that has seen enough from a disk that is full.
 *
 * @param error - what writing failed with
 * @returns true when there is nobody to write for any more
 */
export function isClosedPipe(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return code === 'EPIPE' || code === 'EOF' || code === 'ERR_STREAM_DESTROYED';
}
