import type { Ensemble, GroupedEnsemble, TallyResult } from "../ensemble/kernel.ts";

/** A call of one point that waits for the others. */
type Wish =
  | { readonly kind: "advance"; readonly to: number; readonly grant: () => void }
  | {
      readonly kind: "observe";
      readonly view: string;
      readonly grant: (groups: readonly (readonly TallyResult[])[]) => void;
    }
  | { readonly kind: "collect"; readonly grant: (groups: readonly (readonly TallyResult[])[]) => void }
  | { readonly kind: "over" };

/** A sweep restarts an interrupted point, and copies no spins. */
const refused = async (): Promise<never> => {
  throw new Error("ensembles in step are neither copied nor kept");
};

/**
 * Groups of spins that share dispatches, each as an ensemble by itself. All advance only as far as the group that
 * advances least, and one count serves the reads of all. Every ensemble must be used to its end: `collect` is its last
 * call.
 */
export function inStep(together: GroupedEnsemble, count: number): Ensemble[] {
  const wishes: (Wish | undefined)[] = new Array(count).fill(undefined);
  const failures: ((error: unknown) => void)[] = new Array(count).fill(() => undefined);
  let step = 0;
  let isServing = false;

  const serve = async (): Promise<void> => {
    if (isServing || wishes.some((wish) => wish === undefined)) return;
    isServing = true;
    const take = <T extends Wish>(of: (wish: Wish) => wish is T): [number, T][] =>
      wishes.flatMap((wish, i): [number, T][] => (wish && of(wish) ? [[i, wish]] : []));
    try {
      const ending = take((wish) => wish.kind === "collect");
      const sampling = take((wish) => wish.kind === "observe");
      const going = take((wish) => wish.kind === "advance");
      if (ending.length > 0) {
        // a group that ends early has counted up to here; the others continue
        const found = await together.collect();
        for (const [i, wish] of ending) {
          wishes[i] = { kind: "over" };
          wish.grant(found);
        }
      } else if (sampling.length > 0) {
        const [[, { view }]] = sampling;
        const found = await together.observe(view);
        for (const [i, wish] of sampling)
          if (wish.view === view) {
            wishes[i] = undefined;
            wish.grant(found);
          }
      } else if (going.length > 0) {
        const to = Math.min(...going.map(([, wish]) => wish.to));
        if (to > step) await together.advance(to);
        step = Math.max(step, to);
        for (const [i, wish] of going)
          if (wish.to <= step) {
            wishes[i] = undefined;
            wish.grant();
          }
      }
    } catch (error) {
      wishes.fill({ kind: "over" });
      for (const fail of failures) fail(error);
    } finally {
      isServing = false;
    }
    if (wishes.some((wish) => wish?.kind !== "over")) await serve();
  };

  return Array.from({ length: count }, (_, i): Ensemble => {
    const wish = <T>(made: (grant: (value: T) => void) => Wish): Promise<T> =>
      new Promise((resolve, reject) => {
        failures[i] = reject;
        wishes[i] = made(resolve);
        void serve();
      });
    const own = (groups: readonly (readonly TallyResult[])[]): TallyResult[] => [...groups[i]];
    return {
      adapter: together.adapter,
      precision: together.precision,
      advance: (to) => wish<void>((grant) => ({ kind: "advance", to, grant })),
      observe: async (view) =>
        own(await wish<readonly (readonly TallyResult[])[]>((grant) => ({ kind: "observe", view, grant }))),
      collect: async () =>
        own(await wish<readonly (readonly TallyResult[])[]>((grant) => ({ kind: "collect", grant }))),
      read: (spins) =>
        together.read(i, spins).catch((error: unknown) => {
          // no caller waits for this one
          wishes[i] = { kind: "over" };
          void serve();
          throw error;
        }),
      column: refused,
      gather: refused,
      snapshot: refused,
      dispose: async () => undefined,
    };
  });
}
