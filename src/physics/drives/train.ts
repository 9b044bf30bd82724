import { add, div, floor, max, min, mul, sub } from "../../expression/expression.ts";
import { drive, mostBreakpoints } from "./drive.ts";
import { pulseEdges, pulseEnvelope, pulseRules, pulseShape } from "./pulse.ts";

export const train = drive({
  type: "train",
  title: "equal trapezoidal pulses at equal distances",
  parameters: {
    ...pulseShape,
    period: { kind: "number", unit: "s", meaning: "from start to start", above: 0 },
    count: {
      kind: "integer",
      unit: "1",
      meaning: "number of pulses",
      minimum: 1,
      maximum: mostBreakpoints / 4,
    },
  },
  rules: (p) => [
    ...pulseRules(p),
    ...(p.length + p.fall > p.period
      ? [{ path: "period", rule: "must not be shorter than length + fall" }]
      : []),
  ],
  expression(p, t) {
    const passed = floor(div(sub(t, p.start), p.period));
    const index = min(max(passed, 0), p.count - 1);
    const withinPeriod = sub(t, mul(p.period, index));
    return add(p.base, mul(p.amplitude - p.base, pulseEnvelope(p, withinPeriod)));
  },
  breakpoints: (p) =>
    Array.from({ length: p.count }, (_, i) => pulseEdges({ ...p, start: p.start + i * p.period })).flat(),
  resolution: ({ length, period }) => Math.min(length, period - length || length),
  typical: (size, duration) => ({
    amplitude: size,
    start: 0,
    length: duration / 10,
    period: duration / 5,
    count: 5,
  }),
});
