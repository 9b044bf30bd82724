import type { Expression } from "../../expression/expression.ts";
import { add, constant, less, mul, select, sub } from "../../expression/expression.ts";
import { smallest } from "../../numerics/extremes.ts";
import { drive, mostBreakpoints } from "./drive.ts";

export const table = drive({
  type: "table",
  title: "values at given times, linear between them, constant before and after",
  parameters: {
    times: { kind: "list", unit: "s", meaning: "times, ascending" },
    values: { kind: "list", unit: "value", meaning: "one value for each time" },
  },
  rules({ times, values }) {
    if (times.length !== values.length)
      return [{ path: "values", rule: `must have one value for each of the ${times.length} times` }];
    if (times.length > mostBreakpoints)
      return [{ path: "times", rule: `must have at most ${mostBreakpoints} entries` }];
    if (times.some((time, i) => i > 0 && time <= times[i - 1]))
      return [{ path: "times", rule: "must ascend" }];
    return [];
  },
  expression({ times, values }, t) {
    const line = (i: number): Expression => {
      if (i < 0) return constant(values[0]);
      if (i >= times.length - 1) return constant(values[values.length - 1]);
      const slope = (values[i + 1] - values[i]) / (times[i + 1] - times[i]);
      return add(values[i], mul(slope, sub(t, times[i])));
    };
    // a balanced tree of `select`; segment i runs from times[i] to times[i + 1]
    const between = (first: number, last: number): Expression => {
      if (first === last) return line(first);
      const middle = Math.floor((first + last) / 2);
      return select(less(t, times[middle + 1]), between(first, middle), between(middle + 1, last));
    };
    return between(-1, times.length - 1);
  },
  breakpoints: ({ times }) => [...times],
  typical: (size, duration) => ({ times: [0, duration], values: [0, size] }),
  resolution: ({ times }) => smallest(times.slice(1).map((time, i) => time - times[i])),
});
