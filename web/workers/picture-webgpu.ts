import type { ResidentEnsemble } from "../../src/ensemble/webgpu/ensemble.ts";
import { mapColumns, mapRows } from "./instruments.ts";
import type { Shading } from "./messages.ts";
import type { Picture } from "./picture.ts";
import { cameraRows, sphereRadius } from "./picture.ts";
import { sphereShader } from "./sphere-shader.ts";
import type { SurfaceWebgpu } from "./surface-webgpu.ts";
import { surfaceWebgpu } from "./surface-webgpu.ts";

/** Most discs: more would only cover each other, and software adapters take fewer. */
const mostDiscs = { hardware: 1_000_000, software: 4000 };

type Device = ResidentEnsemble["device"];

/** Bytes of the uniforms of a draw: three rows of a camera, sizes, two opacities. */
const uniformBytes = 80;

/** Discs of one block of spins, on the far or the near side of the sphere. */
interface Pass {
  readonly near: number;
  readonly uniform: GPUBuffer;
  readonly group: GPUBindGroup;
  readonly count: number;
  readonly drawn: number;
}

/** Discs over one another, each a strip of two triangles. */
function discPipeline(device: Device, format: GPUTextureFormat): GPURenderPipeline {
  const module = device.createShaderModule({ code: sphereShader });
  const over = { srcFactor: "one", dstFactor: "one-minus-src-alpha" } as const;
  return device.createRenderPipeline({
    layout: "auto",
    vertex: { module, entryPoint: "corner" },
    fragment: {
      module,
      entryPoint: "disc",
      targets: [{ format, blend: { color: over, alpha: over } }],
    },
    primitive: { topology: "triangle-strip" },
  });
}

/** The far side of every block, then the near side. */
function passesOf(
  { device, blocks }: ResidentEnsemble,
  pipeline: GPURenderPipeline,
  brightness: GPUBuffer,
  share: number,
): Pass[] {
  const passes = blocks.flatMap(({ state, count }) =>
    [0, 1].map((near): Pass => {
      const uniform = device.createBuffer({
        size: uniformBytes,
        usage: GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST,
      });
      const group = device.createBindGroup({
        layout: pipeline.getBindGroupLayout(0),
        entries: [uniform, state, brightness].map((buffer, binding) => ({ binding, resource: { buffer } })),
      });
      return { near, uniform, group, count, drawn: Math.max(1, Math.floor(share * count)) };
    }),
  );
  return passes.sort((a, b) => a.near - b.near);
}

/** Uniforms of one pass, in the layout of the shader. */
function uniformOf(
  pass: Pass,
  [right, up, toward]: ReturnType<typeof cameraRows>,
  halfWidth: number,
  opacity: number,
): ArrayBuffer {
  const data = new ArrayBuffer(uniformBytes);
  new Float32Array(data).set([...[...right, halfWidth], ...[...up, sphereRadius], ...[...toward, pass.near]]);
  new Uint32Array(data).set([pass.count, pass.drawn, mapRows, mapColumns], 12);
  new Float32Array(data).set([0.2 * opacity, opacity], 16);
  return data;
}

function drawPasses(
  device: Device,
  view: GPUTextureView,
  pipeline: GPURenderPipeline,
  passes: readonly Pass[],
): void {
  const encoder = device.createCommandEncoder();
  const render = encoder.beginRenderPass({
    colorAttachments: [{ view, loadOp: "clear", storeOp: "store", clearValue: [0, 0, 0, 0] }],
  });
  render.setPipeline(pipeline);
  for (const { group, drawn } of passes) {
    render.setBindGroup(0, group);
    render.draw(4, drawn);
  }
  render.end();
  device.queue.submit([encoder.finish()]);
}

/** Draws the simulation's own buffers: nothing is copied. */
export function pictureOnDevice(
  canvas: OffscreenCanvas,
  ensemble: ResidentEnsemble,
  software: boolean,
): Picture {
  const { device, blocks } = ensemble;
  const context = canvas.getContext("webgpu") as GPUCanvasContext | null;
  if (!context) throw new Error("the canvas offers no WebGPU");
  const format = navigator.gpu.getPreferredCanvasFormat();
  context.configure({ device, format, alphaMode: "premultiplied" });
  const pipeline = discPipeline(device, format);
  const brightness = device.createBuffer({
    size: 4 * mapRows * mapColumns,
    usage: GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_DST,
  });
  // made at its first use: a device takes some time to compile it, and most pictures show spins
  let surface: SurfaceWebgpu | undefined;
  let exact: Float32Array | null = null;
  let shading: Shading = "spins";
  const spins = blocks.reduce((sum, block) => sum + block.count, 0);
  const share = Math.min(1, mostDiscs[software ? "software" : "hardware"] / spins);
  const passes = passesOf(ensemble, pipeline, brightness, share);
  const drawn = share * spins;
  // fewer discs are larger and more opaque, so that the overall brightness stays
  const halfWidth = (size: number) =>
    Math.max(1.1, Math.min(4, (1500 / Math.sqrt(drawn)) * (size / 900))) / (size / 2);
  const opacity = Math.max(0.16, Math.min(0.85, 250 / Math.sqrt(drawn)));
  return {
    wants: 0,
    // a software adapter draws with the same cores that simulate
    drawEvery: software ? 250 : 0,
    points() {},
    brightness: (map) => device.queue.writeBuffer(brightness, 0, map as Float32Array<ArrayBuffer>),
    exact(map) {
      exact = map;
      surface?.exact(map);
    },
    shade(given) {
      shading = given;
    },
    resize(size) {
      canvas.width = canvas.height = size;
    },
    draw(camera) {
      const view = context.getCurrentTexture().createView();
      if (shading !== "spins") {
        if (!surface) {
          surface = surfaceWebgpu(device as GPUDevice, format, brightness);
          surface.exact(exact);
        }
        return surface.draw(view, canvas.width, camera, shading === "halves");
      }
      const rows = cameraRows(camera);
      for (const pass of passes)
        device.queue.writeBuffer(pass.uniform, 0, uniformOf(pass, rows, halfWidth(canvas.width), opacity));
      drawPasses(device, view, pipeline, passes);
    },
    release() {
      for (const { uniform } of passes) uniform.destroy();
      brightness.destroy();
      surface?.release();
    },
  };
}
