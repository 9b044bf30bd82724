import type { ResidentEnsemble } from "../../src/ensemble/webgpu/ensemble.ts";
import { mapColumns, mapRows } from "./instruments.ts";
import type { Picture } from "./picture.ts";
import { cameraRows, sphereRadius } from "./picture.ts";
import { sphereShader } from "./sphere-shader.ts";

/** Discs drawn at most: beyond this they only cover each other, and software adapters take fewer. */
const mostDiscs = { hardware: 1_000_000, software: 4000 };

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
  const module = device.createShaderModule({ code: sphereShader });
  const over = { srcFactor: "one", dstFactor: "one-minus-src-alpha" } as const;
  const pipeline = device.createRenderPipeline({
    layout: "auto",
    vertex: { module, entryPoint: "corner" },
    fragment: {
      module,
      entryPoint: "disc",
      targets: [{ format, blend: { color: over, alpha: over } }],
    },
    primitive: { topology: "triangle-strip" },
  });
  const brightness = device.createBuffer({
    size: 4 * mapRows * mapColumns,
    usage: GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_DST,
  });
  const spins = blocks.reduce((sum, block) => sum + block.count, 0);
  const share = Math.min(1, mostDiscs[software ? "software" : "hardware"] / spins);
  const passes = blocks.flatMap((block) =>
    [0, 1].map((near) => {
      const uniform = device.createBuffer({
        size: 80,
        usage: GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST,
      });
      const group = device.createBindGroup({
        layout: pipeline.getBindGroupLayout(0),
        entries: [uniform, block.state, brightness].map((buffer, binding) => ({
          binding,
          resource: { buffer },
        })),
      });
      return {
        near,
        uniform,
        group,
        count: block.count,
        drawn: Math.max(1, Math.floor(share * block.count)),
      };
    }),
  );
  passes.sort((a, b) => a.near - b.near);
  const drawn = share * spins;
  // fewer discs are larger and more opaque, so that the picture keeps its weight
  const halfWidth = (size: number) =>
    Math.max(1.1, Math.min(4, (1500 / Math.sqrt(drawn)) * (size / 900))) / (size / 2);
  const near = Math.max(0.16, Math.min(0.85, 250 / Math.sqrt(drawn)));
  return {
    wants: 0,
    // a software adapter draws with the same cores that simulate
    drawEvery: software ? 250 : 0,
    points() {},
    brightness: (map) => device.queue.writeBuffer(brightness, 0, map as Float32Array<ArrayBuffer>),
    resize(size) {
      canvas.width = canvas.height = size;
    },
    draw(camera) {
      const [right, up, toward] = cameraRows(camera);
      for (const pass of passes) {
        const data = new ArrayBuffer(80);
        new Float32Array(data).set([
          ...[...right, halfWidth(canvas.width)],
          ...[...up, sphereRadius],
          ...[...toward, pass.near],
        ]);
        new Uint32Array(data).set([pass.count, pass.drawn, mapRows, mapColumns], 12);
        new Float32Array(data).set([0.2 * near, near], 16);
        device.queue.writeBuffer(pass.uniform, 0, data);
      }
      const encoder = device.createCommandEncoder();
      const render = encoder.beginRenderPass({
        colorAttachments: [
          {
            view: context.getCurrentTexture().createView(),
            loadOp: "clear",
            storeOp: "store",
            clearValue: [0, 0, 0, 0],
          },
        ],
      });
      render.setPipeline(pipeline);
      for (const { group, drawn } of passes) {
        render.setBindGroup(0, group);
        render.draw(4, drawn);
      }
      render.end();
      device.queue.submit([encoder.finish()]);
    },
    release() {
      for (const { uniform } of passes) uniform.destroy();
      brightness.destroy();
    },
  };
}
