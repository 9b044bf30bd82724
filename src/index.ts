export type { Instrument, InstrumentContext } from "./ensemble/instrument.ts";
export type { Backend, BackendName, Ensemble, Kernel } from "./ensemble/kernel.ts";
export { reference } from "./ensemble/reference/index.ts";
export { wasm } from "./ensemble/wasm/index.ts";
export { webgpu } from "./ensemble/webgpu/index.ts";
export type { InputError } from "./experiment/input-error.ts";
export { describeInputError } from "./experiment/input-error.ts";
export { readText } from "./experiment/read.ts";
export type { CompletedExperiment } from "./experiment/schema.ts";
export type { Vary } from "./experiment/vary.ts";
export type { WrittenEntry } from "./experiment/written.ts";
export * as math from "./expression/mathematics.ts";
export * as exact from "./fokker-planck/index.ts";
export type { Checked } from "./library.ts";
export { analyseTrace, check, fit, fokkerPlanck, onsager, rates, report, run, transport } from "./library.ts";
export {
  catalogueInMarkdown,
  describeCatalogue,
  experimentJsonSchema as jsonSchema,
} from "./observables/experiment.ts";
export type { Observable } from "./observables/observable.ts";
export * as observing from "./observables/own.ts";
export type { OwnEntries } from "./observables/register.ts";
export { register } from "./observables/register.ts";
export type { Experiment } from "./observables/written.ts";
export type { DriveEntry } from "./physics/drives/drive.ts";
export { drive } from "./physics/drives/drive.ts";
export type { EnergyEntry, TorqueEntry } from "./physics/entry.ts";
export { energy, torque } from "./physics/entry.ts";
export type { InitialEntry } from "./physics/initial/initial-entry.ts";
export { initialState } from "./physics/initial/initial-entry.ts";
export type { InitialLaw } from "./physics/initial/initial-law.ts";
export type { Result } from "./result.ts";
export type { Checkpoint, CheckpointOptions } from "./run/checkpoint/checkpoint.ts";
export { CheckpointError } from "./run/checkpoint/format.ts";
export { decodeCheckpoint, encodeCheckpoint } from "./run/checkpoint/serialize.ts";
export type { ExperimentFit } from "./run/fit.ts";
export type { Measurement } from "./run/measurement.ts";
export type { BesideOptions } from "./run/quick-beside.ts";
export type { RatesOver } from "./run/rates-over.ts";
export type { RunOptions } from "./run/run.ts";
export { backends, ExperimentError } from "./run/run.ts";
export type { TraceAnalysis } from "./traces/index.ts";
export { collect, openTrace, TraceError } from "./traces/index.ts";
export type { OnsagerResult } from "./transport/onsager/onsager-result.ts";
export type { TransportResult } from "./transport/transport-result.ts";
export { version } from "./version.ts";
