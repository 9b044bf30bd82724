import { add, mul, sin } from "../../expression/expression.ts";
import { drive } from "./drive.ts";

export const sine = drive({
  type: "sine",
  title: "mean + amplitude · sin(2π frequency t + phase)",
  parameters: {
    mean: { kind: "number", unit: "value", meaning: "mean value", default: 0 },
    amplitude: { kind: "number", unit: "value", meaning: "amplitude" },
    frequency: { kind: "number", unit: "Hz", meaning: "frequency", above: 0 },
    phase: { kind: "number", unit: "rad", meaning: "phase at t = 0", default: 0 },
  },
  expression: ({ mean, amplitude, frequency, phase }, t) =>
    add(mean, mul(amplitude, sin(add(mul(2 * Math.PI * frequency, t), phase)))),
  breakpoints: () => [],
  resolution: ({ frequency }) => 1 / (2 * Math.PI * frequency),
  typical: (size, duration) => ({ amplitude: size, frequency: 5 / duration }),
});
