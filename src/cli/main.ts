#!/usr/bin/env node
import { hearSignals } from "./start-signals.ts";

// before anything else is loaded, which takes a while: Ctrl-C then ends with a sentence, too
hearSignals();
const { obey } = await import("./program.ts");
await obey();
