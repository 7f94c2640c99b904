/**
 * Sets a member of an object that is built from JSON, whatever its name is: one that is called `__proto__` stays a member.
 *
 * @param target - the object
 * @param name - the member's name
 * @param value - its value
 */
export function setMember(target: Record<string, unknown>, name: string, value: unknown): void {
  if (name === '__proto__')
    Object.defineProperty(target, name, { value, enumerable: true, configurable: true, writable: true });
  else target[name] = value;
}
