import { breathe } from "../../linear-algebra/breathe.ts";
import type { Recipe, StartLaw } from "../initial/recipe.ts";
import type { Filling, PrepareOptions } from "../kernel.ts";
import type { Device, DeviceBuffer } from "./device.ts";
import { gridFor, workgroupSize } from "./grid.ts";
import { startShader } from "./start-shader.ts";
import { targetOf } from "./target.ts";

/** Spins of one dispatch: short enough to be stopped between two. */
const spinsPerDispatch = 1 << 20;

/** Spins [first, first + count) of a filling, in the places from `at` on of buffers for `spins` of them. */
interface Place {
  readonly state: DeviceBuffer;
  readonly parameters: DeviceBuffer;
  readonly first: number;
  readonly count: number;
  readonly at: number;
  readonly spins: number;
}

/** The shader's table of patches. */
function tableOf(law: StartLaw): Uint32Array {
  if (law.kind !== "bounded") return new Uint32Array(1);
  const patches = law.boxes.flatMap((box) => box.patches);
  const counts = law.boxes.map((box) => box.patches.length);
  const firsts = counts.map((_, i) => counts.slice(0, i).reduce((sum, n) => sum + n, 0));
  const references = [0, 1, 2].flatMap((axis) => law.boxes.map(({ reference }) => reference[axis]));
  const quarters = (angle: number): number => (2 * angle) / Math.PI;
  // no patch crosses the equator
  const isUp = (mz: readonly [number, number]): boolean => mz[0] >= 0;
  const numbers = Float32Array.from([
    ...patches.map(({ mz }) => (isUp(mz) ? 1 - mz[1] : 1 + mz[0])),
    ...patches.map(({ mz }) => (isUp(mz) ? 1 : -1) * (mz[1] - mz[0])),
    ...patches.map(({ phi }) => quarters(phi[0])),
    ...patches.map(({ phi }) => quarters(phi[1] - phi[0])),
    ...patches.map(({ lowest }) => lowest),
  ]);
  const inside = patches.map(({ isInside }) => (isInside ? 1 : 0));
  return Uint32Array.from([
    ...law.boxes.flatMap(({ thresholds }) => [...thresholds]),
    ...new Uint32Array(numbers.buffer),
    ...inside,
    ...firsts,
    ...counts,
    ...new Uint32Array(Float32Array.from(references).buffer),
  ]);
}

/** Fills in the spins that the device has left to the host. */
async function completed(
  device: Device,
  filling: Filling,
  recipe: Recipe,
  place: Place,
  left: readonly number[],
): Promise<void> {
  const [from, words] = [left[0], left[left.length - 1] - left[0] + 1];
  const drawn = recipe.columns.flatMap((column, i) => (typeof column === "function" ? [] : [i]));
  const columns = await Promise.all(
    drawn.map(async (i) => new Float32Array(await device.read(place.state, words, i * place.spins + from))),
  );
  for (const spin of left) {
    const { state } = filling(place.first + spin - place.at, 1);
    drawn.forEach((i, k) => {
      columns[k][spin - from] = state[i][0];
    });
  }
  drawn.forEach((i, k) => {
    device.write(place.state, columns[k], (i * place.spins + from) * 4);
  });
}

/** Draws the initial states of one filling on the device. */
export interface DrawnStart {
  /** Draws the spins of one buffer. The host draws those that the device cannot, so that the distribution is the same. */
  draw(place: Place): Promise<void>;
  destroy(): void;
}

/** Whether the device draws, unless the options say otherwise: a processor that runs shaders is not faster than the host's own code. */
const isDrawing = (device: Device, { startsBy }: PrepareOptions): boolean =>
  (startsBy ?? (device.description.software ? "host" : "device")) === "device";

/** The object that draws a filling's initial states; undefined if the host does. */
export async function drawnStart(
  device: Device,
  filling: Filling,
  options: PrepareOptions,
): Promise<DrawnStart | undefined> {
  if (!isDrawing(device, options)) return undefined;
  await filling.prepare?.(breathe);
  const recipe = filling.recipe?.();
  if (!recipe) return undefined;
  const { law, columns, seed } = recipe;
  const pipeline = await device.pipeline(startShader(recipe, targetOf(device, options)), "start");
  const table = tableOf(law);
  const patches = device.storage(table.length);
  device.write(patches, table);
  const left = device.storage(law.kind === "bounded" ? spinsPerDispatch + 1 : 1);
  const span =
    law.kind === "bounded"
      ? [law.boxes.reduce((sum, { patches }) => sum + patches.length, 0), law.tries, law.boxes.length]
      : [0, 0, 0];
  const some = async (place: Place, done: number, count: number): Promise<void> => {
    const first = recipe.first + place.first + done;
    const at = place.at + done;
    columns.forEach((column, i) => {
      if (typeof column !== "function") return;
      device.write(place.state, new Float32Array(column(first, count)), (i * place.spins + at) * 4);
    });
    device.zero(left);
    const grid = gridFor(device, count);
    const words = [first, place.spins, at, count, seed, grid[0] * workgroupSize, ...span];
    device.dispatch(pipeline, [place.state, patches, left, place.parameters], new Uint32Array(words), grid);
    await device.finished();
    if (law.kind !== "bounded") return;
    const [unfinished] = new Uint32Array(await device.read(left, 1));
    if (unfinished === 0) return;
    const found = new Uint32Array(await device.read(left, unfinished, 1)).sort();
    await completed(device, filling, recipe, place, [...found]);
  };
  return {
    async draw(place) {
      for (let done = 0; done < place.count; done += spinsPerDispatch) {
        // fills no spins, but handles a signal that stops the run
        filling(place.first + done, 0);
        await some(place, done, Math.min(spinsPerDispatch, place.count - done));
      }
    },
    destroy() {
      patches.destroy();
      left.destroy();
    },
  };
}
