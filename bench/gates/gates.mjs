import { enormous } from './bombs.mjs';
import { cutStreams } from './cut-streams.mjs';
import { hints } from './hints.mjs';
import { leaving } from './leaving.mjs';
import { lies } from './lies.mjs';
import { quiescence } from './quiescence.mjs';
import { redirect } from './redirect.mjs';
import { stalls } from './stalls.mjs';
import { storm } from './storm.mjs';
import { survival } from './survival.mjs';

/** In the order of the page. @type {readonly import('./gate.mjs').Gate[]} */
export const GATES = [cutStreams, lies, storm, survival, hints, leaving, stalls, enormous, redirect, quiescence];
