/**
 * Yields `make(0)` … `make(count − 1)` in that order, with at most `width` of them running at a time; a finished one
 * makes room for the next, even before its result is yielded. If the caller stops early or one fails, no more are
 * started, and results of those still running are discarded.
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
    // a failure is thrown in its turn; all before it have been started
    made.then(begin, end);
  };
  try {
    while (begun.length < Math.min(count, width)) begin();
    for (let index = 0; index < count; index++) yield await begun[index];
  } finally {
    end();
  }
}
