/**
 * What `make` gives for 0 … count − 1, in that order, with at most `width` of them in work at a time. Whoever leaves early begins no
 * more of them, and what was in work ends unheard.
 */
export async function* inOrder<T>(
  count: number,
  make: (index: number) => Promise<T>,
  width: number,
): AsyncGenerator<T> {
  const inWork: Promise<T>[] = [];
  let next = 0;
  const begin = (): void => {
    const made = make(next++);
    // a failure is heard when it is its turn
    made.catch(() => {});
    inWork.push(made);
  };
  while (next < Math.min(count, width)) begin();
  for (let made = inWork.shift(); made; made = inWork.shift()) {
    const value = await made;
    if (next < count) begin();
    yield value;
  }
}
