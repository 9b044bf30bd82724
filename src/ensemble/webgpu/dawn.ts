/*
 * Dawn, the WebGPU of Node, from the npm package `webgpu`. It and the drivers below it write warnings straight to the terminal, and a
 * driver can crash the process. So on Linux another process first checks whether there is an adapter; without one this process never
 * loads Dawn.
 */

/** The result of the other process. */
export interface Found {
  readonly adapter: boolean;
  /** The messages of Dawn, the loader and the drivers. */
  readonly said: string;
  readonly signal: string | null;
}

const none = "no WebGPU adapter was found";

/** Why there is no adapter, as one message; null if there is one. */
export function reasonOf({ adapter, said, signal }: Found): string | null {
  if (adapter) return null;
  if (signal !== null) return `${none}: the graphics driver ended with ${signal} when asked for one`;
  const lacking = /Warning: Vulkan (.+) required/.exec(said)?.[1];
  if (lacking !== undefined) return `${none}: the Vulkan driver lacks ${lacking}, which WebGPU needs`;
  if (/Couldn't load Vulkan/.test(said))
    return `${none}: Vulkan's loader, libvulkan.so.1, cannot be loaded (Debian's package libvulkan1)`;
  if (/no drivers|INCOMPATIBLE_DRIVER/.test(said))
    return `${none}: Vulkan finds no driver (a GPU's driver brings one; VK_ICD_FILENAMES can name it)`;
  return none;
}

const program = (address: string): string => `
import(${JSON.stringify(address)}).then(async ({ create }) => {
  const gpu = create([]);
  const adapter = (await gpu.requestAdapter({ powerPreference: "high-performance" })) ?? (await gpu.requestAdapter());
  process.stdout.write(adapter ? "adapter" : "none", () => process.exit(0));
});`;

/** Longest time that a driver may take to start, ms. */
const patience = 30_000;

async function askInProcess(): Promise<Found> {
  const names = ["node:child_process", "node:module", "node:url"] as const;
  const [children, modules, urls] = (await Promise.all(
    names.map((name) => import(/* @vite-ignore */ name)),
  )) as [typeof import("node:child_process"), typeof import("node:module"), typeof import("node:url")];
  const file = modules.createRequire(import.meta.url).resolve("webgpu");
  const flags = ["-e", program(urls.pathToFileURL(file).href)];
  return new Promise((resolve) => {
    children.execFile(process.execPath, flags, { timeout: patience }, (failure, answer, said) =>
      resolve({ adapter: answer === "adapter", said, signal: failure?.signal ?? null }),
    );
  });
}

/**
 * Dawn's entry point, to be kept for the life of the process: it crashes when collected.
 * @throws Error with the reason if the package is missing or there is no adapter.
 */
export async function openDawn(): Promise<GPU> {
  // without this variable Vulkan's loader prints a complaint on stderr; its value does not matter
  process.env.XDG_RUNTIME_DIR ??= process.env.TMPDIR ?? "/tmp";
  const name = "webgpu"; // kept from bundlers: the package is native and optional
  try {
    if (process.platform === "linux") {
      const reason = reasonOf(await askInProcess());
      if (reason !== null) throw new Error(reason);
    }
    const dawn = (await import(/* @vite-ignore */ name)) as {
      create(options: string[]): GPU;
      globals: object;
    };
    Object.assign(globalThis, dawn.globals);
    return dawn.create([]);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === "MODULE_NOT_FOUND" || code === "ERR_MODULE_NOT_FOUND")
      throw new Error("the optional package `webgpu` is not installed");
    throw new Error(message.split("\n")[0]);
  }
}
