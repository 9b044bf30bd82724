export type { Backend, BackendName } from "./ensemble/kernel.ts";
export { reference } from "./ensemble/reference/index.ts";
export { wasm } from "./ensemble/wasm/index.ts";
export { webgpu } from "./ensemble/webgpu/index.ts";
export type { Result } from "./result.ts";
export type { RunOptions } from "./run/run.ts";
export { backends, ExperimentError, fokkerPlanck, run } from "./run/run.ts";
export { version } from "./version.ts";
