/**
 * What `make` gives for 0 … count − 1, in that order, with at most `width` of them in work at a time: each that is done makes room for the
 * next, be it its turn or not. Whoever leaves early begins no more of them, nor does a failure; what was in work ends unheard.
 */
export async function* inOrder<T>(
  count: number,
  make: (index: number) => Promise<T>,
  width: number,
): AsyncGenerator<T> {
  const begun: Promise<T>[] = [];
  let isOver = false;
  const end = (): void => {
    isOver = true;
  };
  const begin = (): void => {
    if (isOver || begun.length === count) return;
    const made = make(begun.length);
    begun.push(made);
    // a failure is heard when it is its turn; all before it have begun
    made.then(begin, end);
  };
  try {
    while (begun.length < Math.min(count, width)) begin();
    for (let index = 0; index < count; index++) yield await begun[index];
  } finally {
    end();
  }
}
