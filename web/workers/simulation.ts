import type { Choice } from "../../src/ensemble/choose.ts";
import { choose } from "../../src/ensemble/choose.ts";
import type { BackendName, Ensemble } from "../../src/ensemble/kernel.ts";
import { simulate } from "../../src/ensemble/simulate.ts";
import { isResident } from "../../src/ensemble/webgpu/ensemble.ts";
import { closeDevice } from "../../src/ensemble/webgpu/index.ts";
import type { Problem } from "../../src/experiment/problem.ts";
import type { CompletedExperiment } from "../../src/experiment/schema.ts";
import { reduce } from "../../src/observables/experiment.ts";
import { needsStart, viewsOf } from "../../src/observables/placed-figures.ts";
import { plan } from "../../src/observables/plan.ts";
import { withCountsApart } from "../../src/run/count-apart.ts";
import { backends, provenanceOf } from "../../src/run/run.ts";
import { benchmark } from "./benchmark.ts";
import type { CarriedState } from "./carry.ts";
import { carriedFilling, carriedState, nextSeed } from "./carry.ts";
import { Clock } from "./clock.ts";
import { instrumented } from "./instrumented.ts";
import { adapted, Load, thinned } from "./load.ts";
import { affordableSpins, fewest, measureSpeed, ownThreads } from "./measure.ts";
import type { SimulationCalls, StartRequest } from "./messages.ts";
import { paced } from "./paced.ts";
import { pictureOnCanvas } from "./picture-canvas.ts";
import { pictureOnDevice } from "./picture-webgpu.ts";
import { Reporter } from "./reporter.ts";
import { Screen } from "./screen.ts";
import type { Answering } from "./serve.ts";
import { emit, serve } from "./serve.ts";
import { SoFar } from "./so-far.ts";

/** The worker that owns the device, the ensemble and its picture. One run at a time. */

interface Present {
  readonly reporter: Reporter;
  readonly ensemble: Ensemble;
  readonly controller: AbortController;
  readonly done: Promise<void>;
  readonly spins: number;
  readonly seed: number;
  readonly load: Load;
  readonly carry: (stored: readonly Float64Array[], step: number) => CarriedState;
  step: number;
  /** The last stored state, for a restart after the loss of the device. */
  kept: { readonly stored: readonly Float64Array[]; readonly step: number } | null;
}

let choice: Choice | undefined;
let wanted: BackendName | "auto" = "auto";
let canvas: OffscreenCanvas | undefined;
let present: Present | undefined;
let left: { readonly state: CarriedState; readonly seed: number } | null = null;
const speeds = new Map<string, number>();
/** Factor on the measured size of ensembles, because the machine also does other work. */
let shrinking = 1;
const screen = new Screen();
const clock = new Clock();

async function open(backend: BackendName | "auto"): Promise<Choice> {
  if (!choice || wanted !== backend) choice = await choose(backends, backend);
  wanted = backend;
  return choice;
}

const adapterOf = ({ backend, candidates }: Choice) => {
  const found = candidates.find(({ name }) => name === backend.name)?.availability;
  return found?.available
    ? { adapter: found.adapter, software: found.software }
    : { adapter: "", software: true };
};

/** Ends the current run and keeps its state. */
async function stop(): Promise<void> {
  const ending = present;
  if (!ending) return;
  present = undefined;
  ending.controller.abort();
  clock.release();
  await ending.done;
  shrinking = adapted(shrinking, ending.load.share);
  const keep = (stored: readonly Float64Array[], step: number) => {
    left = { state: ending.carry(stored, step), seed: ending.seed };
  };
  left = null;
  try {
    keep(await ending.ensemble.read(ending.spins), ending.step);
  } catch {
    // the device is lost; only the last stored state is left
    if (ending.kept) keep(ending.kept.stored, ending.kept.step);
    await closeDevice().catch(() => {});
  }
  screen.show(undefined);
  await ending.ensemble.dispose().catch(() => {});
}

function picture(ensemble: Ensemble, software: boolean): void {
  if (!canvas) return;
  screen.show(isResident(ensemble) ? pictureOnDevice(canvas, ensemble, software) : pictureOnCanvas(canvas));
}

const isLost = (ensemble: Ensemble): Promise<boolean> =>
  isResident(ensemble)
    ? Promise.race([
        ensemble.device.lost.then(() => true),
        new Promise<boolean>((resolve) => setTimeout(resolve, 500, false)),
      ])
    : Promise.resolve(false);

/** The observables without those that need a known start. */
const withoutStart = (experiment: CompletedExperiment): CompletedExperiment => ({
  ...experiment,
  observables: experiment.observables.filter(({ type }) => !needsStart(type)),
});

const namesOf = ({ observables }: CompletedExperiment): string[] =>
  observables.map(({ name, type }) => name ?? type);

/** A state to continue, with fewer spins if the previous run could not keep its pace. */
const fitting = (state: CarriedState, { spins }: StartRequest, before: number): CarriedState =>
  spins === "auto" && shrinking < before
    ? thinned(state, Math.max(fewest, Math.floor((state.m[0].length * shrinking) / before)))
    : state;

/** Number of spins: that of the continued state, the requested one, or what the machine can step in the time. */
async function spinsOf(
  request: StartRequest,
  carried: CarriedState | undefined,
  { backend }: Choice,
  problem: Problem,
  software: boolean,
): Promise<number> {
  if (carried) return carried.m[0].length;
  if (request.spins !== "auto") return request.spins;
  const key = `${backend.name} ${problem.integrator}`;
  const speed = speeds.get(key) ?? (await measureSpeed(backend, problem, software));
  speeds.set(key, speed);
  return affordableSpins(shrinking * speed, problem.steps, request.wallSeconds || 8);
}

/** The ensemble at the pace of its clock; measures its load and reports each piece and sample to the page. */
function watchedBy(state: Present, soFar: SoFar, pace: () => number): Ensemble {
  const { ensemble, reporter, spins } = state;
  const { signal } = state.controller;
  return paced(soFar.counting(ensemble), {
    gate: () => clock.gate(signal),
    stepsPerSecond: pace,
    async moved(step, possible, seconds) {
      // a user who speeds up a run does not want fewer spins
      state.load.add(step - state.step, clock.speed > 1 ? Number.POSITIVE_INFINITY : pace(), seconds);
      state.step = step;
      if (signal.aborted) return;
      const kept = await reporter.moved(step, possible * spins, seconds);
      if (kept) state.kept = { stored: kept, step };
    },
    observed(view, results) {
      clock.recorded();
      reporter.observed(view, results, state.step);
    },
  });
}

/** Runs an ensemble to its end and sends its results, unless it is stopped before. */
async function runToEnd(
  { reporter, controller: { signal }, spins }: Present,
  {
    run,
    problem,
    soFar,
    watched,
    backend,
    provenance,
  }: {
    readonly run: StartRequest["run"];
    readonly problem: Problem;
    readonly soFar: SoFar;
    readonly watched: Ensemble;
    readonly backend: Choice["backend"];
    readonly provenance: Pick<
      Parameters<typeof provenanceOf>[1],
      "backend" | "adapter" | "precision" | "choice"
    >;
  },
): Promise<void> {
  const began = performance.now();
  await reporter.first();
  const shared = await simulate(problem, soFar.plan, watched, { signal });
  if (signal.aborted) return;
  const simulation = await withCountsApart(problem, shared, backend, { threads: ownThreads, signal });
  if (signal.aborted) return;
  const wallSeconds = reporter.busySeconds || (performance.now() - began) / 1000;
  const spinSteps = simulation.steps * spins;
  const speed = { spinSteps, wallSeconds, spinStepsPerSecond: spinSteps / wallSeconds };
  emit("finished", { run, simulation, provenance: provenanceOf(problem, { ...provenance, ...speed }) });
}

let starting: Promise<unknown> = Promise.resolve();

async function start(request: StartRequest): Promise<SimulationCalls["start"][1]> {
  const chosen = await open(request.backend);
  const before = shrinking;
  await stop();
  const { backend } = chosen;
  const { adapter, software } = adapterOf(chosen);
  const carried = request.carry && left ? { ...left, state: fitting(left.state, request, before) } : null;
  const asked = carried ? withoutStart(request.experiment) : request.experiment;
  let problem: Problem = reduce(asked, request.shrink);
  const spins = await spinsOf(request, carried?.state, chosen, problem, software);
  const seed = carried ? nextSeed(carried.seed) : problem.seed;
  const experiment = { ...asked, ensemble: spins, seed };
  problem = { ...problem, experiment, ensemble: spins, seed };
  const planned = plan(problem);
  const filling = carried ? carriedFilling(planned, problem, carried.state) : planned.filling;
  const ensemble = await backend.prepare(planned.kernel, filling, { threads: ownThreads });
  picture(ensemble, software);
  const controller = new AbortController();
  const device = { backend: backend.name, adapter: ensemble.adapter, precision: ensemble.precision };
  const soFar = new SoFar(
    problem,
    planned,
    provenanceOf(problem, { ...device, spinSteps: 0, wallSeconds: 0 }),
  );
  const reporter = new Reporter(request.run, problem, ensemble, screen, soFar);
  let finish = () => {};
  const done = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const pace = (): number =>
    request.wallSeconds > 0 ? (clock.speed * problem.steps) / request.wallSeconds : Number.POSITIVE_INFINITY;
  const state: Present = {
    reporter,
    load: new Load(),
    ensemble,
    controller,
    done,
    spins,
    seed,
    carry: (stored, step) => carriedState(planned, problem, stored, step),
    step: 0,
    kept: null,
  };
  const watched = watchedBy(state, soFar, pace);
  present = state;
  const provenance = { ...device, choice: chosen.reason };
  // the run continues after the call that starts it
  runToEnd(state, { run: request.run, problem, soFar, watched, backend, provenance })
    .catch(async (error) => {
      if (controller.signal.aborted) return;
      // work in progress at the loss of a device fails with its own messages
      const message = (await isLost(ensemble)) ? "the device was lost" : String(error?.message ?? error);
      emit("failed", { run: request.run, message });
    })
    .finally(finish);
  return {
    run: request.run,
    experiment,
    backend: backend.name,
    adapter: ensemble.adapter || adapter,
    software,
    choice: chosen.reason,
    spins,
    steps: problem.steps,
    timeStep: problem.timeStep * problem.units.time,
    carriedAt: carried ? carried.state.step : null,
    warnings: problem.warnings,
    views: viewsOf(problem),
    leftOut: carried ? namesOf(request.experiment).filter((name) => !namesOf(asked).includes(name)) : [],
  };
}

export const answer: Answering = serve<SimulationCalls>({
  async open(backend) {
    const chosen = await open(backend);
    return { backend: chosen.backend.name, choice: chosen.reason, ...adapterOf(chosen) };
  },
  canvas(given) {
    canvas = given?.canvas;
    if (given) screen.resize(given.size);
    if (present) picture(present.ensemble, choice ? adapterOf(choice).software : true);
  },
  start(request) {
    const next = starting.then(() => start({ ...request, experiment: instrumented(request.experiment) }));
    starting = next.catch(() => {});
    return next;
  },
  pause: (paused) => clock.pause(paused),
  step: () => clock.step(),
  speed(speed) {
    clock.speed = speed;
  },
  camera: (camera) => screen.setCamera(camera),
  resize: (size) => screen.resize(size),
  shading: (shading) => screen.shade(shading),
  exactMap: (probabilities) => screen.setExact(probabilities),
  exactFigures: (own) => present?.reporter.exactFigures(own),
  stop,
  loseDevice: () => closeDevice(),
  async benchmark(request) {
    await stop();
    return benchmark(request, (text) => emit("benchmarking", text));
  },
});
