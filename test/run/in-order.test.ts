import { expect, it } from "vitest";
import { inOrder } from "../../src/run/in-order.ts";

it.each([
  [1, 7],
  [3, 7],
  [9, 4],
  [2, 0],
])("%i at a time of %i come in their order, and never more", async (width, count) => {
  let [working, most] = [0, 0];
  const found: number[] = [];
  const make = async (i: number): Promise<number> => {
    most = Math.max(most, ++working);
    // the later ones are done first
    await new Promise((resolve) => setTimeout(resolve, 2 * (count - i)));
    working--;
    return i;
  };
  for await (const i of inOrder(count, make, width)) found.push(i);
  expect(found).toEqual(Array.from({ length: count }, (_, i) => i));
  expect(most).toBe(Math.min(width, count));
});

it("one that fails is heard in its turn, and nothing is begun after whoever listens has left", async () => {
  const begun: number[] = [];
  const make = async (i: number): Promise<number> => {
    begun.push(i);
    if (i === 1) throw new Error("the second");
    return i;
  };
  const found: number[] = [];
  const all = async (): Promise<void> => {
    for await (const i of inOrder(9, make, 2)) found.push(i);
  };
  await expect(all()).rejects.toThrow("the second");
  expect(found).toEqual([0]);
  expect(begun).toEqual([0, 1, 2]);
});
