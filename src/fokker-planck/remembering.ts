/** A function whose last few results are kept, including exceptions. */
export function remembering<K extends number | string, T>(make: (x: K) => T, kept: number): (x: K) => T {
  const values = new Map<K, { readonly value: T } | { readonly failure: unknown }>();
  return (x) => {
    let entry = values.get(x);
    if (!entry) {
      try {
        entry = { value: make(x) };
      } catch (failure) {
        entry = { failure };
      }
    }
    // the most recently used result is dropped last
    values.delete(x);
    values.set(x, entry);
    if (values.size > kept) values.delete(values.keys().next().value!);
    if ("failure" in entry) throw entry.failure;
    return entry.value;
  };
}
