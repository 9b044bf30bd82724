import type { z } from "zod";
import type { WrittenExperiment } from "../experiment/written.ts";
import type { List } from "./index.ts";

type ShapeOf<O> = O extends { readonly shape: infer Shape extends z.core.$ZodLooseShape } ? Shape : never;

/** An observable as written in an experiment: `type`, an optional name, and its own keys. */
type WrittenObservable = {
  [K in keyof List]: { readonly type: K; readonly name?: string } & z.input<z.ZodObject<ShapeOf<List[K]>>>;
}[keyof List];

/**
 * An experiment as it is written in code. `Own`: entries and observables that were registered; `OwnDrive`: registered drives.
 * Units are SI; a magnet given by `delta` makes all of them reduced.
 */
export interface Experiment<Own extends { readonly type: string } = never, OwnDrive extends object = never>
  extends WrittenExperiment<Own, OwnDrive> {
  readonly observables?: readonly (WrittenObservable | Own)[];
}
