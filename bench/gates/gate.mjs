import { seededRandom } from 'openrouter-ts/testing';
import { startScriptedServer } from 'openrouter-ts/testing/server';
import { runJob } from './child.mjs';
import { OURS } from './clients/index.mjs';

/**
 * @typedef {object} Row
 * @property {string} label
 * @property {Record<string, string>} cells by client
 */

/**
 * @typedef {object} Measured
 * @property {readonly Row[]} rows
 * @property {readonly string[]} failures what openrouter-ts did not hold
 */

/**
 * @typedef {object} Gate
 * @property {string} id
 * @property {string} title
 * @property {string} about what is done, in a sentence or two
 * @property {string} held what openrouter-ts must hold
 * @property {(context: GateContext) => Promise<Measured>} measure
 */

/** @typedef {typeof import('./clients/index.mjs').CLIENTS[number]} Candidate */

/** What a gate works with: servers of its own, the clients, and chance from a seed. */
export class GateContext {
  /** @type {Set<import('openrouter-ts/testing/server').ScriptedServer>} @readonly */
  #servers = new Set();

  /**
   * @param {readonly Candidate[]} clients
   * @param {number} seed
   */
  constructor(clients, seed) {
    this.clients = clients;
    this.seed = seed;
  }

  /** Chance that is the same for each client. */
  random() {
    return seededRandom(this.seed);
  }

  /**
   * Starts a server that lasts as long as the gate.
   * @param {import('openrouter-ts/testing/server').Script} script
   */
  async serve(script) {
    const server = await startScriptedServer(script);
    this.#servers.add(server);
    return server;
  }

  /**
   * @param {string} client
   * @param {object} job
   * @param {number} capMs
   */
  run(client, job, capMs) {
    return runJob({ client, ...job }, capMs);
  }

  /**
   * Does something for each client, and takes what it resolves with as the client's.
   * @template Value
   * @param {(id: string, client: Candidate) => Promise<Value>} measure
   * @param {{ together?: boolean }} [options] `together` where nothing is timed
   * @returns {Promise<Record<string, Value>>}
   */
  async each(measure, { together = false } = {}) {
    const results = {};
    const one = async (client) => {
      results[client.id] = await measure(client.id, client);
    };
    if (together) await Promise.all(this.clients.map(one));
    else for (const client of this.clients) await one(client);
    return results;
  }

  async close() {
    await Promise.all([...this.#servers].map((server) => server.close()));
  }
}

/**
 * @template Value
 * @param {string} label
 * @param {Record<string, Value>} results
 * @param {(value: Value, id: string) => string} cellOf
 * @returns {Row}
 */
export function row(label, results, cellOf) {
  return {
    label,
    cells: Object.fromEntries(Object.entries(results).map(([id, value]) => [id, cellOf(value, id)])),
  };
}

/**
 * Judges openrouter-ts, if it was there.
 * @template Value
 * @param {Record<string, Value>} results
 * @param {(ours: Value) => readonly (string | false | undefined)[]} judge sentences, or nothing where all is well
 * @returns {string[]}
 */
export function failuresOf(results, judge) {
  const ours = results[OURS];
  return ours === undefined ? [] : judge(ours).filter((failure) => typeof failure === 'string');
}

/** @param {number} value */
export function count(value) {
  return value.toLocaleString('en-US');
}

/**
 * @param {number} part
 * @param {number} all
 */
export function percent(part, all) {
  return `${((100 * part) / all).toFixed(2)} %`;
}

/** @param {readonly number[]} sorted @param {number} part */
export function quantile(sorted, part) {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))];
}

/** @param {import('openrouter-ts/testing/server').ScriptedConnection} connection the request that it is about to answer */
export function lastRequest(connection) {
  return connection.requests[connection.requests.length - 1];
}
