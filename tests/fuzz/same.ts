/** Compares what two ends hold, at the cost of what has changed since they were last equal. */

/** Pairs of objects that were found equal; neither end changes what it holds. */
const equals = new WeakMap<object, WeakSet<object>>();

/** Returns the path at which two values of JSON differ, the order of keys included; null where they do not. */
export function difference(one: unknown, other: unknown, path = ''): string | null {
  if (Object.is(one, other)) return null;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null)
    return `${path}: ${JSON.stringify(one)} and ${JSON.stringify(other)}`;
  if (equals.get(one)?.has(other) === true) return null;
  const [keys, others] = [Object.keys(one), Object.keys(other)];
  if (keys.length !== others.length || Array.isArray(one) !== Array.isArray(other))
    return `${path}: ${keys.join()} and ${others.join()}`;
  for (const [n, key] of keys.entries()) {
    if (others[n] !== key) return `${path}: ${keys.join()} and ${others.join()}`;
    const found = difference(Reflect.get(one, key), Reflect.get(other, key), `${path}/${key}`);
    if (found !== null) return found;
  }
  const known = equals.get(one) ?? new WeakSet();
  known.add(other);
  equals.set(one, known);
  return null;
}
