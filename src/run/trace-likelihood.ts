import { inverse, Matrix } from "ml-matrix";
import type { KeptTrace } from "../traces/analysis.ts";
import { slopes } from "../traces/hidden-markov/maximize.ts";
import type { Free } from "../traces/hidden-markov/parameters.ts";
import { fromVector, isPossible, toVector } from "../traces/hidden-markov/parameters.ts";
import type { Telegraph } from "../traces/hidden-markov/telegraph.ts";
import type { TraceWalk } from "../traces/hidden-markov/trace-walk.ts";
import { planWalk } from "../traces/hidden-markov/trace-walk.ts";
import { exactQuantities } from "./fit.ts";
import { readProblem } from "./read-problem.ts";

/** A trace of two levels and the settings of the experiment at which it was taken. */
export interface TraceToFit extends KeptTrace {
  readonly settings: Readonly<Record<string, number>>;
}

/** Values of all parameters. */
export interface JointParameters {
  /** Parameters of the model over their scales. */
  readonly model: readonly number[];
  /** Parameters of each trace apart from the rates: levels, ln noise, ln pole. */
  readonly own: readonly (readonly number[])[];
}

/** The log-likelihood of all traces at a place. */
export interface JointLikelihood {
  readonly parameters: JointParameters;
  /** ln of the rates from the lower level to the higher and back, for every trace. */
  readonly logRates: readonly (readonly number[])[];
  readonly telegraphs: readonly Telegraph[];
  /** Score of each block of each trace. */
  readonly blocks: readonly Float64Array[];
  readonly total: number;
}

/** Slopes of one trace's log-likelihood after its own parameters have been eliminated. */
export interface EliminatedSlopes {
  readonly information: Matrix;
  readonly gradient: Matrix;
  /** Twice the rise of the log-likelihood that the trace's own parameters alone could still give. */
  readonly ownRise: number;
  /** The change of the trace's own parameters for a change of the model's. */
  ownStep(step: Matrix): number[];
}

/** Rates come first in the vector of a trace's parameters. */
export const ratesPerTrace = 2;
const mostBlocks = 400;
const difference = 1e-3;

/** The joint likelihood of traces as a function of a model's parameters and of each trace's own. */
export class TraceLikelihood {
  private readonly experiment: unknown;
  private readonly traces: readonly TraceToFit[];
  private readonly names: readonly string[];
  private readonly scales: readonly number[];
  private readonly onEvaluation: () => void;
  private readonly walks: readonly TraceWalk[];
  private readonly free: readonly Free[];

  /** `names` are paths of the experiment; `onEvaluation` is called after every likelihood of a trace. */
  constructor(
    experiment: unknown,
    traces: readonly TraceToFit[],
    names: readonly string[],
    scales: readonly number[],
    onEvaluation: () => void,
  ) {
    this.experiment = experiment;
    this.traces = traces;
    this.names = names;
    this.scales = scales;
    this.onEvaluation = onEvaluation;
    this.walks = traces.map(({ telegraph, trace }) => planWalk(telegraph, trace));
    this.free = traces.map(({ free }) => free);
  }

  /** The starting point: parameters from the analysis of each trace. */
  analysedOwn(): number[][] {
    return this.traces.map(({ telegraph }, i) => toVector(telegraph, this.free[i]).slice(ratesPerTrace));
  }

  /** The sum of each trace's largest log-likelihood, with rates of its own. */
  largest(): number {
    return this.traces.reduce((all, { telegraph }, i) => all + sum(this.ofTrace(i, telegraph)), 0);
  }

  /** Null if levels or rates are impossible. Throws the model's reason if it has no exact dwell times. */
  at(parameters: JointParameters): JointLikelihood | null {
    const logRates = this.logRates(parameters.model);
    const telegraphs = this.traces.map(({ telegraph }, i) =>
      fromVector([...logRates[i], ...parameters.own[i]], this.free[i], telegraph.pole),
    );
    if (!telegraphs.every(isPossible)) return null;
    const blocks = telegraphs.map((of, i) => this.ofTrace(i, of));
    return {
      parameters,
      logRates,
      telegraphs,
      blocks,
      total: blocks.reduce((all, some) => all + sum(some), 0),
    };
  }

  slopes({ parameters, logRates, telegraphs, blocks }: JointLikelihood): EliminatedSlopes[] {
    const moved = this.names.map((_, k) =>
      this.logRates(parameters.model.map((value, j) => (j === k ? value + difference : value))),
    );
    return this.traces.map((_, i) => {
      // derivatives of the rates by the model's parameters: [rate][parameter]
      const follow = new Matrix(
        logRates[i].map((log, r) => this.names.map((_, k) => (moved[k][i][r] - log) / difference)),
      );
      const { scores, information } = slopes(telegraphs[i], this.free[i], blocks[i], (of) =>
        this.ofTrace(i, of),
      );
      const gradient = Matrix.zeros(information.rows, 1);
      for (const row of scores)
        row.forEach((value, j) => {
          gradient.set(j, 0, gradient.get(j, 0) + value);
        });
      return eliminated(follow, information, gradient);
    });
  }

  private ofTrace(i: number, of: Telegraph): Float64Array {
    this.onEvaluation();
    const { trace } = this.traces[i];
    const count = Math.min(mostBlocks, Math.floor(trace.bins.length / 20));
    return this.walks[i].likelihoods(of, count);
  }

  private logRates(model: readonly number[]): number[][] {
    const values = Object.fromEntries(this.names.map((name, k) => [name, model[k] * this.scales[k]]));
    return this.traces.map(({ settings, upLevel }) => {
      const problem = readProblem(this.experiment, { ...settings, ...values });
      const { tau_up, tau_down } = exactQuantities(problem, ["tau_up", "tau_down"]);
      const [lower, higher] = upLevel === "highest" ? [tau_down, tau_up] : [tau_up, tau_down];
      return [-Math.log(lower as number), -Math.log(higher as number)];
    });
  }
}

const sum = (values: Float64Array): number => values.reduce((all, value) => all + value, 0);

/** Schur's complement of a trace's own parameters. */
function eliminated(follow: Matrix, information: Matrix, gradient: Matrix): EliminatedSlopes {
  const last = information.rows - 1;
  const [rates, own] = [
    [0, ratesPerTrace - 1],
    [ratesPerTrace, last],
  ];
  const ofRates = information.subMatrix(rates[0], rates[1], rates[0], rates[1]);
  const mixed = information.subMatrix(rates[0], rates[1], own[0], own[1]);
  const inverseOwn = inverse(information.subMatrix(own[0], own[1], own[0], own[1]));
  const gradientOwn = gradient.subMatrix(own[0], own[1], 0, 0);
  const less = mixed.mmul(inverseOwn);
  const back = follow.transpose();
  return {
    information: back.mmul(Matrix.sub(ofRates, less.mmul(mixed.transpose()))).mmul(follow),
    gradient: back.mmul(Matrix.sub(gradient.subMatrix(rates[0], rates[1], 0, 0), less.mmul(gradientOwn))),
    ownRise: gradientOwn.transpose().mmul(inverseOwn).mmul(gradientOwn).get(0, 0),
    ownStep: (step) =>
      inverseOwn.mmul(Matrix.sub(gradientOwn, mixed.transpose().mmul(follow.mmul(step)))).to1DArray(),
  };
}
