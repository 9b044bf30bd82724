import { aboutBackends, backendNames } from "../ensemble/backends.ts";
import type { Backend, BackendName } from "../ensemble/kernel.ts";

/** The folder of a backend exports it under its own name; the page's own thread knows the list and never loads a folder. */
const codeOf = async (name: BackendName): Promise<Backend> =>
  ((await import(`../ensemble/${name}/index.ts`)) as Record<BackendName, Backend>)[name];

function loadedLater(name: BackendName): Backend {
  const about = aboutBackends[name];
  const backend: Backend = {
    ...about,
    probe: async (...given) => (await codeOf(name)).probe(...given),
    prepare: async (...given) => (await codeOf(name)).prepare(...given),
  };
  if (!about.countsGroups) return backend;
  return {
    ...backend,
    async prepareGroups(...given) {
      const { prepareGroups } = await codeOf(name);
      if (!prepareGroups) throw new RangeError(`${name} cannot count groups of spins apart`);
      return prepareGroups(...given);
    },
  };
}

/** Every backend of the list; the code of one is loaded when it is first asked for. The chooser puts them in order. */
export const backends: readonly Backend[] = backendNames.map(loadedLater);
