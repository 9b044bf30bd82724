import { add, mul } from "../../expression/expression.ts";
import { drive, edge } from "./drive.ts";

export const ramp = drive({
  type: "ramp",
  title: "linear change from one value to another, constant before and after",
  parameters: {
    from: { kind: "number", unit: "value", meaning: "value before the ramp" },
    to: { kind: "number", unit: "value", meaning: "value after the ramp" },
    start: { kind: "number", unit: "s", meaning: "time at which the ramp begins", default: 0 },
    length: { kind: "number", unit: "s", meaning: "duration of the ramp", above: 0 },
  },
  expression: ({ from, to, start, length }, t) => add(from, mul(to - from, edge(t, start, length))),
  breakpoints: ({ start, length }) => [start, start + length],
  resolution: ({ length }) => length,
  typical: (size, duration) => ({ from: 0, to: size, start: 0, length: duration }),
});
