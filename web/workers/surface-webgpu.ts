import { mapColumns, mapRows } from "./instruments.ts";
import type { Camera } from "./messages.ts";
import { cameraRows, sphereRadius } from "./picture.ts";
import { surfaceShader } from "./surface-shader.ts";

/** Bytes of the uniforms of a draw: three rows of a camera, sizes, two flags. */
const uniformBytes = 80;

/** A density on the sphere as a surface, drawn on a device. */
export interface SurfaceWebgpu {
  /** Positions on the colour scale, cell by cell, or null if unknown. */
  exact(map: Float32Array | null): void;
  draw(view: GPUTextureView, size: number, camera: Camera, halves: boolean): void;
  release(): void;
}

export function surfaceWebgpu(
  device: GPUDevice,
  format: GPUTextureFormat,
  brightness: GPUBuffer,
): SurfaceWebgpu {
  const module = device.createShaderModule({ code: surfaceShader });
  const pipeline = device.createRenderPipeline({
    layout: "auto",
    vertex: { module, entryPoint: "square" },
    fragment: { module, entryPoint: "shade", targets: [{ format }] },
    primitive: { topology: "triangle-strip" },
  });
  const buffer = (size: number, kind: number) =>
    device.createBuffer({ size, usage: kind | GPUBufferUsage.COPY_DST });
  const uniform = buffer(uniformBytes, GPUBufferUsage.UNIFORM);
  const exact = buffer(brightness.size, GPUBufferUsage.STORAGE);
  const group = device.createBindGroup({
    layout: pipeline.getBindGroupLayout(0),
    entries: [uniform, brightness, exact].map((bound, binding) => ({ binding, resource: { buffer: bound } })),
  });
  let known = 0;
  return {
    exact(map) {
      known = map ? 1 : 0;
      if (map) device.queue.writeBuffer(exact, 0, map as Float32Array<ArrayBuffer>);
    },
    draw(view, size, camera, halves) {
      const [right, up, toward] = cameraRows(camera);
      const data = new ArrayBuffer(uniformBytes);
      new Float32Array(data).set([...right, 2 / size, ...up, sphereRadius, ...toward, 1]);
      new Uint32Array(data).set([0, 0, mapRows, mapColumns], 12);
      new Float32Array(data).set([halves ? 1 : 0, known], 16);
      device.queue.writeBuffer(uniform, 0, data);
      const encoder = device.createCommandEncoder();
      const render = encoder.beginRenderPass({
        colorAttachments: [{ view, loadOp: "clear", storeOp: "store", clearValue: [0, 0, 0, 0] }],
      });
      render.setPipeline(pipeline);
      render.setBindGroup(0, group);
      render.draw(4);
      render.end();
      device.queue.submit([encoder.finish()]);
    },
    release() {
      uniform.destroy();
      exact.destroy();
    },
  };
}
