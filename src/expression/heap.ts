export interface Heap<Item> {
  /** The item with the largest bound. */
  top(): Item | undefined;
  push(item: Item): void;
  /** Removes the item with the largest bound. */
  pop(): void;
}

/** A binary heap, the largest bound on top. */
export function newHeap<Item extends { readonly bound: number }>(): Heap<Item> {
  const items: Item[] = [];
  const swap = (i: number, j: number): void => {
    [items[i], items[j]] = [items[j], items[i]];
  };
  return {
    top: () => items[0],
    push(item) {
      let i = items.push(item) - 1;
      while (i > 0 && items[(i - 1) >> 1].bound < items[i].bound) {
        swap(i, (i - 1) >> 1);
        i = (i - 1) >> 1;
      }
    },
    pop() {
      const last = items.pop()!;
      if (items.length === 0) return;
      items[0] = last;
      for (let i = 0; ; ) {
        const [l, r] = [2 * i + 1, 2 * i + 2];
        let next = i;
        if (l < items.length && items[l].bound > items[next].bound) next = l;
        if (r < items.length && items[r].bound > items[next].bound) next = r;
        if (next === i) return;
        swap(i, next);
        i = next;
      }
    },
  };
}
