import { existsSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { openDawn, reasonOf } from "../../src/ensemble/webgpu/dawn.ts";

const at = "/somewhere/third_party/dawn/src/dawn/native/vulkan";
const said = {
  "libvulkan.so.1": `Warning: Couldn't load Vulkan: libvulkan.so.1: cannot open shared object file\n    at operator() (${at}/BackendVk.cpp:368)\n`,
  "finds no driver": `Warning: vkCreateInstance: Found no drivers!\nWarning: vkCreateInstance failed with VK_ERROR_INCOMPATIBLE_DRIVER\n    at CheckVkSuccessImpl (${at}/VulkanError.cpp:106)\n`,
  "lacks shaderUniform*ArrayDynamicIndexing": `Warning: Vulkan shaderUniform*ArrayDynamicIndexing required.\n - While initializing adapter (backend=BackendType::Vulkan)\n`,
  "no WebGPU adapter was found": "",
};

describe("why Dawn finds no adapter is said in our words", () => {
  it.each(Object.entries(said))("%s", (words, text) => {
    const reason = reasonOf({ adapter: false, said: text, signal: null });
    expect(reason).toContain(words);
    expect(reason).toMatch(/^no WebGPU adapter was found/);
    expect(reason).not.toMatch(/dawn|somewhere|\n/);
  });

  it("and a driver that takes its process with it is named", () => {
    expect(reasonOf({ adapter: false, said: "", signal: "SIGSEGV" })).toContain("SIGSEGV");
  });

  it("an adapter needs no reason, whatever else was said", () => {
    expect(reasonOf({ adapter: true, said: said["finds no driver"], signal: null })).toBeNull();
  });
});

it.skipIf(process.platform !== "linux" || existsSync("/dev/nvidia0"))(
  "Dawn is not loaded here where Vulkan has no driver",
  async () => {
    process.env.VK_ICD_FILENAMES = process.env.VK_DRIVER_FILES = "/nowhere.json";
    await expect(openDawn()).rejects.toThrow("Vulkan finds no driver");
    expect("GPUBuffer" in globalThis).toBe(false);
  },
);
