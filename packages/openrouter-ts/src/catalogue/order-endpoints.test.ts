import { describe, expect, it } from 'vitest';
import type { Endpoint, Percentiles } from '../wire/endpoint.ts';
import type { ProviderPreferences } from '../wire/provider-preferences.ts';
import { orderEndpoints } from './order-endpoints.ts';

function endpoint(tag: string, price: string, latency?: number, throughput?: number): Endpoint {
  const at = (p50: number | undefined): Percentiles | null =>
    p50 === undefined ? null : { p50, p75: 0, p90: 0, p99: 0 };
  return {
    tag,
    pricing: { prompt: price, completion: '0' },
    latency_last_30m: at(latency),
    throughput_last_30m: at(throughput),
  } as Endpoint;
}

const endpoints = [
  endpoint('unknown', '-1'),
  endpoint('slow', '0.1', 900, 10),
  endpoint('dear', '0.3', 300, 90),
  endpoint('also-unknown', '-1'),
  endpoint('dear/eu', '0.3', 300, 90),
];

describe('endpoints', () => {
  const rows: readonly (readonly [ProviderPreferences | undefined, string])[] = [
    [undefined, 'unknown slow dear also-unknown dear/eu'],
    [{ sort: 'exacto', order: null }, 'unknown slow dear also-unknown dear/eu'],
    [{ sort: null }, 'unknown slow dear also-unknown dear/eu'],
    [{ sort: 'price' }, 'slow dear dear/eu unknown also-unknown'],
    [{ sort: { by: 'latency' } }, 'dear dear/eu slow unknown also-unknown'],
    [{ sort: 'throughput' }, 'dear dear/eu slow unknown also-unknown'],
    [{ order: ['also-unknown', 'dear'] }, 'also-unknown dear dear/eu unknown slow'],
    [{ order: ['dear/eu'], sort: 'price' }, 'dear/eu slow dear unknown also-unknown'],
  ];
  it.each(rows)('with the preferences %j are ordered %s', (provider, order) => {
    const ordered = provider === undefined ? orderEndpoints(endpoints) : orderEndpoints(endpoints, provider);
    expect(ordered.map(({ tag }) => tag).join(' ')).toBe(order);
  });
});
