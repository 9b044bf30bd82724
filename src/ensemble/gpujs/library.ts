import type { Availability } from "../kernel.ts";

/*
 * The one file that imports gpu.js, when it is first needed. It imports the browser build everywhere, because the Node entry point needs
 * the native package `gl`. In Node and Deno kernels run on the processor, in browsers as WebGL2 fragment shaders.
 */

/** What one kernel call returns: four values per spin, on the host or in a texture. */
export type Quads = readonly Float32Array[] | Texture;
export interface Texture {
  toArray(): readonly Float32Array[];
  delete(): void;
}
export type RunKernel = ((...values: readonly unknown[]) => Quads) & { destroy(): void };

interface Gpu {
  createKernel(text: string, settings: object): RunKernel;
  addFunction(text: string, settings: object): Gpu;
  destroy(): Promise<void>;
}

const isPage = typeof document !== "undefined" || typeof OffscreenCanvas !== "undefined";
const software = /swiftshader|llvmpipe|software|basic render/i;

export const isTexture = (quads: Quads): quads is Texture => "toArray" in quads;
export const toHost = (quads: Quads): readonly Float32Array[] => (isTexture(quads) ? quads.toArray() : quads);
export const release = (quads: Quads): void => {
  if (isTexture(quads)) quads.delete();
};

/** Whether WebGL2 can write float textures here, and the name of its adapter. */
function webgl2(): Availability {
  const canvas =
    typeof OffscreenCanvas === "undefined" ? document.createElement("canvas") : new OffscreenCanvas(1, 1);
  const context = canvas.getContext("webgl2") as WebGL2RenderingContext | null;
  if (!context) return { available: false, reason: "this browser offers no WebGL2" };
  if (!context.getExtension("EXT_color_buffer_float"))
    return { available: false, reason: "WebGL2 cannot write float textures here" };
  const info = context.getExtension("WEBGL_debug_renderer_info");
  const name = String(context.getParameter(info ? info.UNMASKED_RENDERER_WEBGL : context.RENDERER));
  context.getExtension("WEBGL_lose_context")?.loseContext();
  return { available: true, adapter: `WebGL2, ${name}`, software: software.test(name) };
}

let found: Availability | undefined;

export function availability(): Availability {
  found ??= isPage
    ? webgl2()
    : { available: true, adapter: "JavaScript by gpu.js, 1 thread", software: true };
  return found;
}

/** A set of kernels that share functions and, in a browser, one WebGL context. */
export interface Library {
  kernel(text: string, output: number): RunKernel;
  close(): Promise<void>;
}

export async function openLibrary(functions: readonly string[]): Promise<Library> {
  // @ts-expect-error the browser build comes without types
  const loaded = (await import("gpu.js/dist/gpu-browser.js")) as { default?: unknown; GPU?: unknown };
  const names = (loaded.GPU ? loaded : (loaded.default ?? loaded)) as { GPU: unknown };
  const Constructor = (
    typeof names.GPU === "function" ? names.GPU : (names.GPU as { GPU: unknown }).GPU
  ) as new (
    options: object,
  ) => Gpu;
  const gpu = new Constructor({ mode: isPage ? "webgl2" : "cpu" });
  for (const text of functions) {
    const parameters = /\(([^)]*)\)/.exec(text)?.[1].split(",") ?? [];
    gpu.addFunction(text, {
      argumentTypes: Object.fromEntries(parameters.map((name) => [name.trim(), "Number"])),
      returnType: "Number",
    });
  }
  return {
    kernel: (text, output) =>
      gpu.createKernel(text, {
        output: [output],
        precision: "single",
        tactic: "precision",
        pipeline: true,
        immutable: true,
        optimizeFloatMemory: false,
        fixIntegerDivisionAccuracy: false,
        loopMaxIterations: 256,
        returnType: "Array(4)",
      }),
    close: () => gpu.destroy(),
  };
}
