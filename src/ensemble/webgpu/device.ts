import { openDawn } from "./dawn.ts";

/**
 * The one file that calls WebGPU. Node gets Dawn from the npm package `webgpu`, Deno and browsers bring their
 * own; from there on the code is the same.
 */

/** Dawn crashes if the object that made an adapter is collected, so it is kept until the process ends. */
let entry: GPU | undefined;

const isNode =
  typeof process !== "undefined" && process.versions?.node !== undefined && !("Deno" in globalThis);

async function gpu(): Promise<GPU> {
  if (entry) return entry;
  if (isNode) entry = await openDawn();
  else {
    if (!globalThis.navigator?.gpu) throw new Error("this environment has no navigator.gpu");
    entry = navigator.gpu;
  }
  return entry;
}

const softwareNames = /swiftshader|llvmpipe|lavapipe|basic render|warp|software/i;

export interface AdapterDescription {
  readonly adapter: string;
  readonly software: boolean;
}

function describe(info: GPUAdapterInfo, fallback: boolean): AdapterDescription {
  const words = [info.description, info.device, info.vendor, info.architecture].filter((word) => word !== "");
  const name = [...new Set(words)].join(", ") || "unnamed adapter";
  const software = fallback || words.some((word) => softwareNames.test(word));
  return { adapter: software ? `${name} (software)` : name, software };
}

async function requestAdapter(): Promise<GPUAdapter> {
  const root = await gpu();
  const adapter =
    (await root.requestAdapter({ powerPreference: "high-performance" })) ?? (await root.requestAdapter());
  if (!adapter) throw new Error("no WebGPU adapter was found");
  return adapter;
}

/** The adapter that would be used; throws with the reason if there is none. */
export async function describeAdapter(): Promise<AdapterDescription> {
  const adapter = await requestAdapter();
  return describe(
    adapter.info,
    "isFallbackAdapter" in adapter.info && adapter.info.isFallbackAdapter === true,
  );
}

/** Thrown by all calls on a device that was lost. */
export class DeviceLostError extends Error {
  override readonly name = "DeviceLostError";
}

export type DeviceBuffer = GPUBuffer;
/** The browser's own object, for code that draws the device's buffers. */
export type NativeDevice = GPUDevice;
export interface Pipeline {
  readonly pipeline: GPUComputePipeline;
}

/** A device with its queue, narrowed to what an ensemble needs. */
export class Device {
  readonly description: AdapterDescription;
  readonly limits: { storageBinding: number; workgroupStorage: number; workgroups: number };
  readonly #device: GPUDevice;
  readonly #layout: GPUBindGroupLayout;
  /** Bound in place of buffers that a shader does not use. */
  readonly #unused: readonly GPUBuffer[];
  readonly #pipelines = new Map<string, Promise<Pipeline>>();
  /** Uniform blocks of dispatches that may still run. */
  #spans: GPUBuffer[] = [];
  /** Staging buffers that are free for reuse. */
  readonly #stagings = new Map<GPUBuffer, GPUBuffer[]>();
  #lost: string | undefined;

  private constructor(device: GPUDevice, description: AdapterDescription) {
    this.#device = device;
    this.description = description;
    this.limits = {
      storageBinding: Math.min(device.limits.maxStorageBufferBindingSize, device.limits.maxBufferSize),
      workgroupStorage: device.limits.maxComputeWorkgroupStorageSize,
      workgroups: device.limits.maxComputeWorkgroupsPerDimension,
    };
    device.lost.then((info) => {
      this.#lost = `${info.reason}: ${info.message}`;
    });
    const storage = { type: "storage" } as const;
    this.#unused = [...Array.from({ length: 5 }, () => this.storage(4)), this.uniform(4), this.storage(4)];
    this.#layout = device.createBindGroupLayout({
      entries: [
        { binding: 0, visibility: 4, buffer: { type: "uniform" } },
        { binding: 1, visibility: 4, buffer: storage },
        { binding: 2, visibility: 4, buffer: storage },
        { binding: 3, visibility: 4, buffer: storage },
        { binding: 4, visibility: 4, buffer: storage },
        { binding: 5, visibility: 4, buffer: storage },
        { binding: 6, visibility: 4, buffer: { type: "uniform" } },
        { binding: 7, visibility: 4, buffer: storage },
      ],
    });
  }

  static async open(): Promise<Device> {
    const adapter = await requestAdapter();
    const { maxStorageBufferBindingSize, maxBufferSize, maxComputeWorkgroupStorageSize } = adapter.limits;
    const device = await adapter.requestDevice({
      requiredLimits: { maxStorageBufferBindingSize, maxBufferSize, maxComputeWorkgroupStorageSize },
    });
    const fallback = "isFallbackAdapter" in adapter.info && adapter.info.isFallbackAdapter === true;
    return new Device(device, describe(adapter.info, fallback));
  }

  get isLost(): boolean {
    return this.#lost !== undefined;
  }

  get native(): NativeDevice {
    return this.#device;
  }

  /** Compiles a compute entry point; equal texts are compiled once. Errors carry the compiler's messages. */
  pipeline(code: string, entryPoint: string): Promise<Pipeline> {
    const key = `${entryPoint}\n${code}`;
    let made = this.#pipelines.get(key);
    if (!made) {
      made = this.#compile(code, entryPoint);
      this.#pipelines.set(key, made);
    }
    return made;
  }

  async #compile(code: string, entryPoint: string): Promise<Pipeline> {
    const module = this.#device.createShaderModule({ code });
    const { messages } = await module.getCompilationInfo();
    const errors = messages.filter((message) => message.type === "error");
    if (errors.length > 0)
      throw new Error(`shader: ${errors.map((e) => `line ${e.lineNum}: ${e.message}`).join("; ")}`);
    const layout = this.#device.createPipelineLayout({ bindGroupLayouts: [this.#layout] });
    const pipeline = await this.#device.createComputePipelineAsync({
      layout,
      compute: { module, entryPoint },
    });
    return { pipeline };
  }

  /** A storage buffer of at least one word, zeroed. */
  storage(words: number): DeviceBuffer {
    return this.#device.createBuffer({ size: Math.max(words, 4) * 4, usage: 0x80 | 0x8 | 0x4 });
  }

  /** A uniform buffer. */
  uniform(words: number): DeviceBuffer {
    return this.#device.createBuffer({ size: words * 4, usage: 0x40 | 0x8 });
  }

  write(buffer: DeviceBuffer, data: Float32Array | Uint32Array, byteOffset = 0): void {
    this.#device.queue.writeBuffer(buffer, byteOffset, data.buffer, data.byteOffset, data.byteLength);
  }

  zero(buffer: DeviceBuffer): void {
    const encoder = this.#device.createCommandEncoder();
    encoder.clearBuffer(buffer);
    this.#device.queue.submit([encoder.finish()]);
  }

  /** Queues one dispatch over [columns, rows] workgroups; `span` fills the uniform block, buffers come after it. */
  dispatch(
    { pipeline }: Pipeline,
    buffers: readonly DeviceBuffer[],
    span: Uint32Array,
    workgroups: readonly [number, number],
  ): void {
    this.#throwIfLost();
    const uniform = this.uniform(12);
    this.write(uniform, span);
    this.#spans.push(uniform);
    const group = this.#device.createBindGroup({
      layout: this.#layout,
      entries: [uniform, ...buffers, ...this.#unused.slice(buffers.length)].map((buffer, binding) => ({
        binding,
        resource: { buffer },
      })),
    });
    const encoder = this.#device.createCommandEncoder();
    const pass = encoder.beginComputePass();
    pass.setPipeline(pipeline);
    pass.setBindGroup(0, group);
    pass.dispatchWorkgroups(workgroups[0], workgroups[1]);
    pass.end();
    this.#device.queue.submit([encoder.finish()]);
  }

  /** Resolves when all work queued so far is done. */
  async finished(): Promise<void> {
    const done = this.#spans;
    this.#spans = [];
    await this.#device.queue.onSubmittedWorkDone();
    for (const span of done) span.destroy();
    this.#throwIfLost();
  }

  /** Copies words [from, from + words) of a buffer to the host. */
  read(buffer: DeviceBuffer, words: number, from = 0): Promise<ArrayBuffer> {
    return this.readPieces([{ buffer, from, words: Math.max(words, 1) }]);
  }

  /** Copies pieces of buffers to the host, one after the other, in one round trip. */
  async readPieces(
    pieces: readonly { readonly buffer: DeviceBuffer; readonly from: number; readonly words: number }[],
  ): Promise<ArrayBuffer> {
    this.#throwIfLost();
    const size = 4 * pieces.reduce((sum, { words }) => sum + words, 0);
    const staging = this.#device.createBuffer({ size: Math.max(size, 4), usage: 0x1 | 0x8 });
    const encoder = this.#device.createCommandEncoder();
    let at = 0;
    for (const { buffer, from, words } of pieces) {
      encoder.copyBufferToBuffer(buffer, 4 * from, staging, at, 4 * words);
      at += 4 * words;
    }
    this.#device.queue.submit([encoder.finish()]);
    await staging.mapAsync(0x1).catch((error) => this.#lostOr(error));
    const data = staging.getMappedRange(0, size).slice(0);
    staging.destroy();
    this.#throwIfLost();
    return data;
  }

  /** Passes the first words of a buffer to `use`, with their values after all work queued so far. */
  async lend(buffer: DeviceBuffer, words: number, use: (words: Uint32Array) => void): Promise<void> {
    this.#throwIfLost();
    const idle = this.#stagings.get(buffer) ?? [];
    this.#stagings.set(buffer, idle);
    const staging = idle.pop() ?? this.#device.createBuffer({ size: buffer.size, usage: 0x1 | 0x8 });
    const encoder = this.#device.createCommandEncoder();
    encoder.copyBufferToBuffer(buffer, 0, staging, 0, 4 * words);
    this.#device.queue.submit([encoder.finish()]);
    await staging.mapAsync(0x1, 0, 4 * words).catch((error) => this.#lostOr(error));
    use(new Uint32Array(staging.getMappedRange(0, 4 * words)));
    staging.unmap();
    // the buffer may have been released meanwhile
    if (this.#stagings.get(buffer) === idle) idle.push(staging);
    else staging.destroy();
    this.#throwIfLost();
  }

  /** Destroys a buffer and its staging buffers. */
  release(buffer: DeviceBuffer): void {
    for (const staging of this.#stagings.get(buffer) ?? []) staging.destroy();
    this.#stagings.delete(buffer);
    buffer.destroy();
  }

  close(): void {
    this.#device.destroy();
  }

  /** Throws a DeviceLostError if the device turns out to be lost within a short time, else the error itself. */
  async #lostOr(error: unknown): Promise<never> {
    await Promise.race([this.#device.lost, new Promise((resolve) => setTimeout(resolve, 200))]);
    this.#throwIfLost();
    throw error;
  }

  #throwIfLost(): void {
    if (this.#lost !== undefined) throw new DeviceLostError(`the GPU device was lost (${this.#lost})`);
  }
}
