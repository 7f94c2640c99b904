/**
 * A process with one client in it, to be forked: it does one piece of work, tells its parent on the way and at the end what a caller of that client
 * sees, and ends.
 */
import { openClient } from './clients/index.mjs';
import { WORK } from './work.mjs';

const { client, task, ...job } = JSON.parse(process.argv[2]);
process.once('disconnect', () => process.exit());

/** Clients must not end the process on their own; what they leave unhandled is told. */
let unhandled = 0;
process.on('unhandledRejection', () => {
  unhandled += 1;
});

const tell = (message) => process.send?.(message);
const open = (settings) => openClient(client, { apiKey: 'sk-or-v1-gate', ...settings });
// Loading a client takes time of its own: what it may take is counted from here.
await open({ baseURL: 'http://127.0.0.1:9/api/v1' });
tell({ ready: true });
const result = await WORK[task]({ ...job, open, note: (note) => tell({ note }) });
const peakRssMiB = process.resourceUsage().maxRSS / 1024;
process.send?.({ result, peakRssMiB, unhandled }, () => {
  if (!job.endsByItself) process.exit();
  process.removeAllListeners('disconnect');
  process.disconnect();
});
