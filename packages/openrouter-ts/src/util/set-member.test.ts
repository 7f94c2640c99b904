import { describe, expect, it } from 'vitest';
import { setMember } from './set-member.ts';

describe('setMember', () => {
  it('sets a member', () => {
    const target: Record<string, unknown> = { a: 1 };
    setMember(target, 'a', 2);
    setMember(target, 'b', 3);
    expect(target).toEqual({ a: 2, b: 3 });
  });

  it('keeps one that is called __proto__ a member, and the prototype what it was', () => {
    const target: Record<string, unknown> = {};
    setMember(target, '__proto__', { polluted: true });
    setMember(target, '__proto__', { polluted: 'twice' });
    expect(JSON.stringify(target)).toBe('{"__proto__":{"polluted":"twice"}}');
    expect(target['polluted']).toBeUndefined();
    expect(Object.getPrototypeOf(target)).toBe(Object.prototype);
    delete target['__proto__'];
    expect(target).toEqual({});
  });
});
