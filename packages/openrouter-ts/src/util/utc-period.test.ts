import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isUtcPeriod, nextUtcPeriod, utcPeriodStart, type UtcPeriod } from './utc-period.ts';

const periods: readonly UtcPeriod[] = ['daily', 'weekly', 'monthly'];

function at(text: string): number {
  return Date.parse(text);
}

describe('a period in UTC', () => {
  it.each([
    ['daily', '2026-08-15T23:59:59.999Z', '2026-08-15T00:00:00Z', '2026-08-16T00:00:00Z'],
    ['daily', '2026-08-16T00:00:00Z', '2026-08-16T00:00:00Z', '2026-08-17T00:00:00Z'],
    ['weekly', '2026-08-16T12:00:00Z', '2026-08-10T00:00:00Z', '2026-08-17T00:00:00Z'],
    ['weekly', '2026-08-17T00:00:00Z', '2026-08-17T00:00:00Z', '2026-08-24T00:00:00Z'],
    ['weekly', '1970-01-01T00:00:00Z', '1969-12-29T00:00:00Z', '1970-01-05T00:00:00Z'],
    ['monthly', '2026-12-31T23:59:59Z', '2026-12-01T00:00:00Z', '2027-01-01T00:00:00Z'],
    ['monthly', '2028-02-29T12:00:00Z', '2028-02-01T00:00:00Z', '2028-03-01T00:00:00Z'],
  ] as const)('that is %s and has %s in it begins at %s and ends at %s', (period, moment, start, next) => {
    expect(utcPeriodStart(period, at(moment))).toBe(at(start));
    expect(nextUtcPeriod(period, at(moment))).toBe(at(next));
  });

  it('has its moment in it, and the next begins where it ends', () => {
    const moments = fc.integer({ min: 0, max: at('2100-01-01T00:00:00Z') });
    fc.assert(
      fc.property(moments, fc.constantFrom(...periods), (moment, period) => {
        const start = utcPeriodStart(period, moment);
        const next = nextUtcPeriod(period, moment);
        expect(start).toBeLessThanOrEqual(moment);
        expect(next).toBeGreaterThan(moment);
        expect(utcPeriodStart(period, next)).toBe(next);
        expect(utcPeriodStart(period, next - 1)).toBe(start);
      }),
    );
  });

  it('is known by its word', () => {
    expect(periods.every(isUtcPeriod)).toBe(true);
    expect([null, undefined, '', 'yearly', 1].some(isUtcPeriod)).toBe(false);
  });
});
