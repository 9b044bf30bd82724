import { timed } from "../../src/bench/measure.ts";
import type { Twin } from "../../src/bench/run-bench.ts";
import { alpha, delta, field } from "../../src/bench/workload.ts";
import { Device } from "../../src/ensemble/webgpu/device.ts";

/*
 * A straightforward first version: Heun with renormalization, Philox4x32-10 with its wide products composed of halves,
 * Box–Muller with the language's own functions, one step per turn of the loop, parameters from a buffer.
 */
const code = /* wgsl */ `
struct Span { spins: u32, firstStep: u32, endStep: u32, seed: u32 }
@group(0) @binding(0) var<uniform> span: Span;
@group(0) @binding(1) var<storage, read_write> state: array<vec4f>;
@group(0) @binding(2) var<storage, read_write> parameters: array<f32>;
@group(0) @binding(3) var<storage, read_write> unused: array<u32>;

fn multiplyHigh(a: u32, b: u32) -> u32 {
  let low = (a & 0xffffu) * (b & 0xffffu);
  let middle = (a >> 16u) * (b & 0xffffu) + (low >> 16u);
  let cross = (a & 0xffffu) * (b >> 16u) + (middle & 0xffffu);
  return (a >> 16u) * (b >> 16u) + (middle >> 16u) + (cross >> 16u);
}
fn philox(counter: vec4u, seed: vec2u) -> vec4u {
  var c = counter;
  var k = seed;
  for (var i = 0; i < 10; i++) {
    c = vec4u(
      multiplyHigh(0xcd9e8d57u, c.z) ^ c.y ^ k.x, 0xcd9e8d57u * c.z,
      multiplyHigh(0xd2511f53u, c.x) ^ c.w ^ k.y, 0xd2511f53u * c.x);
    k += vec2u(0x9e3779b9u, 0xbb67ae85u);
  }
  return c;
}
fn uniformOf(word: u32) -> f32 { return (f32(word >> 8u) + 0.5) * 5.9604645e-8; }
fn normals(w: vec4u) -> vec3f {
  let r = sqrt(-2.0 * log(uniformOf(w.x)));
  let a = 6.2831853 * uniformOf(w.y);
  let q = sqrt(-2.0 * log(uniformOf(w.z)));
  return vec3f(r * cos(a), r * sin(a), q * cos(6.2831853 * uniformOf(w.w)));
}
fn slope(m: vec3f, noise: vec3f) -> vec3f {
  let field = vec3f(parameters[3], parameters[4], parameters[5] + m.z);
  return cross(m, noise - parameters[0] * (field + parameters[1] * cross(m, field)));
}
@compute @workgroup_size(64)
fn advance(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let spin = id.x + id.y * groups.x * 64u;
  if (spin >= span.spins) { return; }
  var m = state[spin].xyz;
  for (var step = span.firstStep; step < span.endStep; step++) {
    let noise = parameters[2] * normals(philox(vec4u(spin, step, 0u, 0u), vec2u(span.seed, 0u)));
    let first = slope(m, noise);
    let second = slope(m + first, noise);
    m = normalize(m + 0.5 * (first + second));
  }
  state[spin] = vec4f(m, 0.0);
}`;

/** The naive shader on the available device, or undefined without one. */
export async function naiveWgsl(spins: number, timeStep: number, seconds: number): Promise<Twin | undefined> {
  const device = await Device.open().catch(() => undefined);
  if (!device) return undefined;
  const pipeline = await device.pipeline(code, "advance");
  const [state, parameters, unused] = [device.storage(4 * spins), device.storage(8), device.storage(4)];
  const start = new Float32Array(4 * spins);
  for (let i = 0; i < spins; i++) start[4 * i + 2] = i % 2 === 0 ? 1 : -1;
  device.write(state, start);
  device.write(
    parameters,
    Float32Array.of(timeStep, alpha, Math.sqrt((alpha / delta) * timeStep), ...field, 0, 0),
  );
  const groups = Math.ceil(spins / 64);
  const columns = Math.min(groups, 65535);
  let [at, perDispatch] = [0, 8];
  return {
    name: "naive WGSL (Heun, emulated Philox, Box-Muller)",
    integrator: "heun",
    variates: "gaussian",
    threads: null,
    spins,
    adapter: device.description.adapter,
    against: (row) => row.backend === "webgpu",
    run: (steps) =>
      timed(async () => {
        // dispatches have the same size as ours: about a tenth of a repeat
        const began = performance.now();
        for (let done = 0; done < steps; done += perDispatch) {
          const length = Math.min(perDispatch, steps - done);
          device.dispatch(pipeline, [state, parameters, unused], Uint32Array.of(spins, at, at + length, 1), [
            columns,
            Math.ceil(groups / columns),
          ]);
          at += length;
          if ((done / perDispatch) % 3 === 2) await device.finished();
        }
        await device.finished();
        const perStep = (performance.now() - began) / 1000 / steps;
        perDispatch = Math.max(1, Math.floor(Math.min(0.03, seconds / 10) / perStep));
      }),
    close: async () => device.close(),
  };
}
