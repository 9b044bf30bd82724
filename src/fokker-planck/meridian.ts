import { compileScalar } from "../expression/compile.ts";
import type { Expression } from "../expression/expression.ts";
import { mul, sqrt, sub, variable } from "../expression/expression.ts";
import { substitute } from "../expression/rewrite.ts";
import type { Frame } from "./frame.ts";
import { expressionsInFrame } from "./frame.ts";

/** Ψ as a function of z = axis·m. */
export function alongAxis(frame: Frame, of: Expression): (z: number) => number {
  const [there] = expressionsInFrame(frame, [of]);
  const mz = variable("mz");
  const [meridian] = substitute([there], { mx: sqrt(sub(1, mul(mz, mz))), my: 0 });
  return compileScalar(meridian, ["mz"]);
}
