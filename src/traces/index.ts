export type { TraceAnalysis } from "./analyse.ts";
export { openTrace } from "./readers/open.ts";
export { collect } from "./stretches.ts";
export { TraceError } from "./trace-error.ts";
