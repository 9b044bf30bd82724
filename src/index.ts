export type { Backend, BackendName } from "./ensemble/kernel.ts";
export { reference } from "./ensemble/reference/index.ts";
export { wasm } from "./ensemble/wasm/index.ts";
export { webgpu } from "./ensemble/webgpu/index.ts";
export {
  catalogueInMarkdown,
  describeCatalogue,
  experimentJsonSchema as jsonSchema,
} from "./observables/experiment.ts";
export type { Result } from "./result.ts";
export type { Checkpoint, CheckpointOptions } from "./run/checkpoint/checkpoint.ts";
export { CheckpointError } from "./run/checkpoint/format.ts";
export { decodeCheckpoint, encodeCheckpoint } from "./run/checkpoint/serialize.ts";
export type { RunOptions } from "./run/run.ts";
export { backends, ExperimentError, fokkerPlanck, run } from "./run/run.ts";
export type { TraceAnalysis } from "./traces/index.ts";
export { analyseTrace, collect, openTrace, TraceError } from "./traces/index.ts";
export { version } from "./version.ts";
