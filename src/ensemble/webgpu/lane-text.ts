import { print } from "../../expression/print.ts";
import type { Kernel } from "../kernel.ts";
import { localNames } from "../tally.ts";
import { languageFor, type Target } from "./target.ts";
import { isOfTime } from "./time-table.ts";

/** Options of the text of one invocation, which steps several spins side by side, each in a lane. */
export interface LaneOptions {
  readonly spins: number;
  readonly target: Target;
  /** Whether several groups of spins are counted separately. */
  readonly grouped: boolean;
  /** Whether every lane must test whether it has a spin, including the first. */
  readonly isFirstAsked: boolean;
}

/** Endings of the names of each spin that one invocation steps. */
export const lanesOf = (spins: number): string[] =>
  spins === 1 ? [""] : Array.from({ length: spins }, (_, i) => `_${i}`);

/** Maps names in a kernel's expressions to their names in a lane. */
export const namesIn = (kernel: Kernel, lane: string): ((name: string) => string) => {
  const rename = localNames(kernel);
  return (name) => (isOfTime(name) ? name : `${rename(name)}${lane}`);
};

/** Runs the text only if the spin of a lane exists: the last invocation may have only its first spin. */
export const ifPresent = (lane: string, text: string, { spins, isFirstAsked }: LaneOptions): string =>
  lane === lanesOf(spins)[0] && !isFirstAsked ? text : `if (present${lane}) { ${text} }`;

const isNoisy = ({ variates }: Kernel): boolean => variates !== "none";

/** The number of a lane's spin; if spins change places, their numbers in the block are the last of their parameters. */
const numberOf = (kernel: Kernel, lane: string, grouped: boolean): string => {
  if (grouped) return `place${lane} - base`;
  return kernel.finished ? `number${lane}` : `place${lane}`;
};

/** Lines that read parameters and state; `first` are those of an invocation, once its first place is known. */
export function loadText(kernel: Kernel, options: LaneOptions, first: readonly string[]): string[] {
  const { spins, grouped, isFirstAsked } = options;
  const [base, each] = grouped ? ["base + ", "span.groupSpins"] : ["", "span.spins"];
  return lanesOf(spins).flatMap((lane, k) => [
    `let place${lane} = ${base}min(first + ${k}u * span.invocations, ${each} - 1u);`,
    ...(k > 0 || isFirstAsked
      ? [`let present${lane} = first < span.invocations && first + ${k}u * span.invocations < ${each};`]
      : []),
    ...(k === 0 ? first : []),
    ...kernel.parameters.map(
      (name, i) => `let p_${name}${lane} = parameters[place${lane} + ${i}u * span.spins];`,
    ),
    ...(kernel.finished && isNoisy(kernel)
      ? [`let number${lane} = u32(parameters[place${lane} + ${kernel.parameters.length}u * span.spins]);`]
      : []),
    ...kernel.state.map((name, i) => `var s_${name}${lane} = state[place${lane} + ${i}u * span.spins];`),
    ...(isNoisy(kernel) ? [`var stream${lane} = vec4u();`] : []),
  ]);
}

/** Lines at the start of a chunk of noise: streams are seeded, and at a new chunk the state is renormalized. */
export function refreshText(kernel: Kernel, { spins, target, grouped }: LaneOptions): string[] {
  const isTrivial = kernel.refresh.every((x, i) => x.kind === "variable" && x.name === kernel.state[i]);
  return lanesOf(spins).flatMap((lane) => {
    const printed = print(kernel.refresh, languageFor(target), {
      rename: namesIn(kernel, lane),
      prefix: `r${lane}_`,
    });
    const number = numberOf(kernel, lane, grouped);
    const seed = grouped ? "seed" : "span.seed";
    return [
      ...(isNoisy(kernel)
        ? [`stream${lane} = streamAt(${seed}, span.firstSpin + ${number}, place${lane}, begin);`]
        : []),
      ...(isTrivial
        ? []
        : [
            ...printed.lines,
            ...kernel.state.map(
              (name, i) =>
                `let fresh_${name}${lane} = select(s_${name}${lane}, ${printed.outputs[i]}, fresh);`,
            ),
            ...kernel.state.map((name) => `s_${name}${lane} = fresh_${name}${lane};`),
          ]),
    ];
  });
}

/** Lines that write state and streams back. */
export const storeText = (kernel: Kernel, options: LaneOptions): string[] =>
  lanesOf(options.spins).flatMap((lane) =>
    [
      ...kernel.state.map((name, i) => `state[place${lane} + ${i}u * span.spins] = s_${name}${lane};`),
      ...(isNoisy(kernel) ? [`streams[place${lane}] = stream${lane};`] : []),
    ].map((text) => ifPresent(lane, text, options)),
  );
