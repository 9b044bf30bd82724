import type { Backend } from "../kernel.ts";
import { about } from "./about.ts";
import { prepareEnsemble } from "./ensemble.ts";
import { availability } from "./library.ts";

/**
 * gpu.js: WebGL2 in browsers, where there is no WebGPU; JavaScript on the processor in Node and Deno. Slower than
 * any other backend, with its own stream of noise (stream.ts) and therefore its own trajectories; the law is the same.
 */
export const gpujs: Backend = {
  ...about,
  async probe() {
    return availability();
  },
  prepare: prepareEnsemble,
};
