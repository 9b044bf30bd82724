import type { Code } from "../../expression/webassembly/binary.ts";
import type { FunctionBuilder } from "../../expression/webassembly/function.ts";
import { f32x4, i32x4 } from "../../expression/webassembly/instructions.ts";
import { number } from "../../expression/webassembly/polynomials.ts";
import { unitVariates } from "../../physics/model.ts";
import type { Variates } from "../kernel.ts";
import { dyadic, gaussianPair, nextWord, sfc32, type Words } from "./streams.ts";

/**
 * The three variates of one step of four spins, each times a scale. `odd`: whether it is the second of the two steps that share a word of
 * dyadic variates; `store` receives the streams after the draws.
 */
export function drawVariates(
  f: FunctionBuilder,
  law: Variates,
  words: Words,
  { odd, scale, store }: { odd: Code; scale: (name: string) => number; store: (next: Words) => void },
): ReadonlyMap<string, Code> {
  if (law === "dyadic") {
    const draw = nextWord(f, words);
    const bits = f.local("v128");
    f.add(bits.set(draw));
    f.when(odd, () => {
      store(sfc32(f, words, draw).next);
      f.add(bits.set(i32x4.shiftRight(draw, 12)));
    });
    return new Map(unitVariates.map((name, i) => [name, dyadic(f, bits.get, 4 * i, scale(name))]));
  }
  const draws: Code[] = [];
  for (let i = 0; i < 4; i++) {
    const { draw, next } = sfc32(f, words);
    draws.push(draw);
    words = next;
  }
  const [x, y] = gaussianPair(f, draws[0], draws[1]);
  const [z] = gaussianPair(f, draws[2], draws[3]);
  const scaled = (name: string, variate: Code): [string, Code] => [
    name,
    scale(name) === 1 ? variate : f.keep(f32x4.multiply(variate, number(f, scale(name)))),
  ];
  store(words);
  return new Map([scaled(unitVariates[0], x), scaled(unitVariates[1], y), scaled(unitVariates[2], z)]);
}
