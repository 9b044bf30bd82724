import { webgpu } from "../../src/ensemble/webgpu/index.ts";
import { allAnswers } from "./scenarios.ts";

console.log(JSON.stringify(await allAnswers(webgpu)));
