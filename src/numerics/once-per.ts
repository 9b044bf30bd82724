/** A function whose result for an object (its first argument) is computed once and kept as long as the object. */
export function oncePer<K extends object, A extends readonly unknown[], V>(
  make: (of: K, ...more: A) => V,
): (of: K, ...more: A) => V {
  const known = new WeakMap<K, { readonly value: V }>();
  return (of, ...more) => {
    const found = known.get(of) ?? { value: make(of, ...more) };
    known.set(of, found);
    return found.value;
  };
}
