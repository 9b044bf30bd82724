/** What shaders are printed for: a GPU, or a processor that runs shaders. */
export type Target = "gpu" | "processor";
