import type { Expression } from "../../expression/expression.ts";
import { add, mul, sub } from "../../expression/expression.ts";
import type { PlainValues } from "../parameter.ts";
import { drive, edge } from "./drive.ts";

export const pulseShape = {
  amplitude: { kind: "number", unit: "value", meaning: "value on the plateau" },
  start: { kind: "number", unit: "s", meaning: "time at which the rise begins", default: 0 },
  length: {
    kind: "number",
    unit: "s",
    meaning: "from the start of the rise to the start of the fall",
    above: 0,
  },
  rise: { kind: "number", unit: "s", meaning: "duration of the rise", default: 0, minimum: 0 },
  fall: { kind: "number", unit: "s", meaning: "duration of the fall", default: 0, minimum: 0 },
  base: { kind: "number", unit: "value", meaning: "value outside the pulse", default: 0 },
} as const;

type Pulse = PlainValues<typeof pulseShape>;

export const pulseRules = ({ rise, length }: Pulse) =>
  rise > length ? [{ path: "rise", rule: "must not be longer than length" }] : [];

/** 0 outside the pulse, 1 on its plateau. */
export const pulseEnvelope = ({ start, length, rise, fall }: Pulse, t: Expression): Expression =>
  sub(edge(t, start, rise), edge(t, start + length, fall));

export const pulseEdges = ({ start, length, rise, fall }: Pulse): number[] => [
  start,
  start + rise,
  start + length,
  start + length + fall,
];

export const pulse = drive({
  type: "pulse",
  title: "one trapezoidal pulse",
  parameters: pulseShape,
  rules: pulseRules,
  expression: (p, t) => add(p.base, mul(p.amplitude - p.base, pulseEnvelope(p, t))),
  breakpoints: pulseEdges,
  resolution: ({ length }) => length,
  typical: (size, duration) => ({ amplitude: size, start: duration / 10, length: duration / 2 }),
});
