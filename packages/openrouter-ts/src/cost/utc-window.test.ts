import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dependsOnTime, isInUtcWindow } from './utc-window.ts';

/** A Tuesday. */
const at = (time: string): number => Date.parse(`2026-08-18T${time}Z`);

describe('isInUtcWindow', () => {
  it.each([
    ['00:59:59.999', false],
    ['01:00:00', true],
    ['03:59:59.999', true],
    ['04:00:00', false],
  ])('includes the start and not the end: at %s it is %s', (time, expected) => {
    expect(isInUtcWindow({ utc_start: 100, utc_end: 400 }, at(time))).toBe(expected);
  });

  it.each([
    ['22:29:59', false],
    ['22:30:00', true],
    ['23:59:59', true],
    ['00:00:00', true],
    ['00:29:59', true],
    ['00:30:00', false],
    ['12:00:00', false],
  ])('runs past midnight when it ends before it starts: at %s it is %s', (time, expected) => {
    expect(isInUtcWindow({ utc_start: 2_230, utc_end: 30 }, at(time))).toBe(expected);
  });

  it('begins at midnight and ends at midnight if it says nothing else', () => {
    expect(isInUtcWindow({ utc_end: 400 }, at('00:00:00'))).toBe(true);
    expect(isInUtcWindow({ utc_end: 400 }, at('04:00:00'))).toBe(false);
    expect(isInUtcWindow({ utc_start: 400 }, at('23:59:59'))).toBe(true);
    expect(isInUtcWindow({ utc_start: 400 }, at('03:59:59'))).toBe(false);
  });

  it('is empty when it ends where it starts', () => {
    expect(isInUtcWindow({ utc_start: 400, utc_end: 400 }, at('04:00:00'))).toBe(false);
  });

  it('is for the days that it names, and only for those', () => {
    expect(isInUtcWindow({ utc_days: ['monday', 'tuesday'] }, at('12:00:00'))).toBe(true);
    expect(isInUtcWindow({ utc_days: ['monday'] }, at('00:00:00'))).toBe(false);
    expect(isInUtcWindow({ utc_days: [] }, at('12:00:00'))).toBe(false);
    const weekend = { utc_days: ['saturday', 'sunday'] };
    const week = Array.from({ length: 7 }, (_, day) => isInUtcWindow(weekend, at('12:00:00') + day * 86_400_000));
    expect(week).toEqual([false, false, false, false, true, true, false]);
  });

  it('counts the hours after midnight to the day that they are in', () => {
    const mondayNights = { utc_start: 2_200, utc_end: 400, utc_days: ['monday'] };
    expect(isInUtcWindow(mondayNights, Date.parse('2026-08-17T23:00:00Z'))).toBe(true);
    expect(isInUtcWindow(mondayNights, Date.parse('2026-08-17T03:00:00Z'))).toBe(true);
    expect(isInUtcWindow(mondayNights, at('03:00:00'))).toBe(false);
  });

  it('says that it does not know when the window or the moment makes no sense', () => {
    expect(isInUtcWindow({ utc_start: Number.NaN }, at('12:00:00'))).toBeUndefined();
    expect(isInUtcWindow({ utc_end: JSON.parse('"0400"') }, at('12:00:00'))).toBeUndefined();
    expect(isInUtcWindow({ utc_days: JSON.parse('"monday"') }, at('12:00:00'))).toBeUndefined();
    expect(isInUtcWindow({ utc_start: 100 }, Number.NaN)).toBeUndefined();
  });

  it('splits the day in two with its opposite', () => {
    const clock = fc.tuple(fc.nat(23), fc.nat(59)).map(([hour, minute]) => hour * 100 + minute);
    fc.assert(
      fc.property(clock, clock, fc.nat(4_102_444_800_000), (start, end, epochMs) => {
        fc.pre(start !== end);
        const inside = isInUtcWindow({ utc_start: start, utc_end: end }, epochMs);
        expect(isInUtcWindow({ utc_start: end, utc_end: start }, epochMs)).toBe(!inside);
      }),
    );
  });
});

describe('dependsOnTime', () => {
  it('is true for hours and for days', () => {
    expect(dependsOnTime({ utc_start: 0 })).toBe(true);
    expect(dependsOnTime({ utc_end: 400 })).toBe(true);
    expect(dependsOnTime({ utc_days: ['monday'] })).toBe(true);
    expect(dependsOnTime({ min_prompt_tokens: 1 })).toBe(false);
  });
});
