import { wasm } from "../../src/ensemble/wasm/index.ts";
import { webgpu } from "../../src/ensemble/webgpu/index.ts";
import { allAnswers } from "./scenarios.ts";

Object.assign(globalThis, { answers: { webgpu: () => allAnswers(webgpu), wasm: () => allAnswers(wasm) } });
