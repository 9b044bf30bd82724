import type { Role } from "./client.ts";
import type { Answering, CallMessage } from "./serve.ts";

/*
 * One entry for all workers, so that shared code is fetched and cached once. The first message names the role; calls
 * that arrive before its code has loaded wait here.
 */
const roles: Record<Role, () => Promise<{ answer: Answering }>> = {
  simulation: () => import("./simulation.ts"),
  exact: () => import("./exact.ts"),
  checker: () => import("./checker.ts"),
  cells: () => import("./cells.ts"),
  ensembles: () => import("./ensembles.ts"),
  data: () => import("./data.ts"),
};

const early: CallMessage[] = [];
let answer: Answering = (message) => early.push(message);

globalThis.onmessage = ({ data }: MessageEvent<CallMessage | { role: Role }>) => {
  if (!("role" in data)) return answer(data);
  roles[data.role]().then((loaded) => {
    answer = loaded.answer;
    for (const message of early.splice(0)) answer(message);
  });
};
