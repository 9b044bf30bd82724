import { filled } from "../initial/pieces.ts";
import type { Filling, Kernel } from "../kernel.ts";
import type { Kernels, Made } from "./kernels.ts";
import type { Quads } from "./library.ts";
import { release, toHost } from "./library.ts";
import { quadsOf } from "./program.ts";
import { seedResidues } from "./stream.ts";

/** Spins of one call: a texture that every device can hold, and calls short enough for a page to respond. */
export const blockSize = 1 << 18;

export interface SpinBlock {
  readonly first: number;
  readonly count: number;
  readonly kernels: Kernels;
  parameters: readonly Float64Array[];
  /** Parameters, then seeds of the noise. */
  fixed: readonly Quads[];
  state: Quads[];
}

/** Columns of numbers, four to a texel. */
function pack({ pack }: Kernels, count: number, columns: readonly Float64Array[]): Quads[] {
  const empty = new Float32Array(count);
  return Array.from({ length: Math.ceil(columns.length / 4) }, (_, quad) =>
    pack(
      ...[0, 1, 2, 3].map((i) => {
        const column = columns[4 * quad + i];
        return column ? Float32Array.from(column) : empty;
      }),
    ),
  );
}

/** All spins of a kernel in blocks, in their initial states. */
export async function openBlocks(
  kernel: Kernel,
  filling: Filling,
  made: Made,
  perBlock: number,
): Promise<SpinBlock[]> {
  const blocks: SpinBlock[] = [];
  for (let first = 0; first < kernel.spins; first += perBlock) {
    const count = Math.min(perBlock, kernel.spins - first);
    const kernels = made(count);
    const { state, parameters } = await filled(filling, first, count);
    const residues = seedResidues(kernel.seed, (kernel.firstSpin ?? 0) + first, count);
    const seeds =
      kernel.variates === "none"
        ? []
        : [...pack(kernels, count, residues.slice(0, 3)), ...pack(kernels, count, residues.slice(3))];
    blocks.push({
      first,
      count,
      kernels,
      parameters: parameters.map((column) => Float64Array.from(column, Math.fround)),
      fixed: [...pack(kernels, count, parameters), ...seeds],
      state: pack(kernels, count, state),
    });
  }
  return blocks;
}

/** State variables of the first spins of a block, one array each. */
export function columnsOf(kernel: Kernel, block: SpinBlock, count: number): Float64Array[] {
  const quads = block.state.map(toHost);
  return kernel.state.map((_, k) =>
    Float64Array.from({ length: count }, (_, i) => quads[Math.floor(k / 4)][i][k % 4]),
  );
}

/** State variables of the first spins of all blocks. */
export function readBlocks(kernel: Kernel, blocks: readonly SpinBlock[], count: number): Float64Array[] {
  const columns = kernel.state.map(() => new Float64Array(Math.min(count, kernel.spins)));
  for (const block of blocks) {
    const wanted = Math.min(block.count, count - block.first);
    if (wanted <= 0) break;
    for (const [i, column] of columnsOf(kernel, block, wanted).entries()) columns[i].set(column, block.first);
  }
  return columns;
}

/** Parameters of all spins. */
export const parametersOf = (kernel: Kernel, blocks: readonly SpinBlock[]): Float64Array[] =>
  kernel.parameters.map((_, k) => {
    const column = new Float64Array(kernel.spins);
    for (const block of blocks) column.set(block.parameters[k], block.first);
    return column;
  });

/** Spin i becomes a copy of spin indices[i]; seeds stay where they are. */
export function gatherBlocks(kernel: Kernel, blocks: readonly SpinBlock[], indices: Uint32Array): void {
  const whole = readBlocks(kernel, blocks, kernel.spins);
  const parameters = parametersOf(kernel, blocks);
  const quads = quadsOf(kernel.parameters);
  for (const block of blocks) {
    const from = indices.subarray(block.first, block.first + block.count);
    const taken = (columns: readonly Float64Array[]) =>
      columns.map((column) => Float64Array.from(from, (index) => column[index]));
    const seeds = block.fixed.slice(quads);
    for (const old of [...block.state, ...block.fixed.slice(0, quads)]) release(old);
    block.parameters = taken(parameters);
    block.fixed = [...pack(block.kernels, block.count, block.parameters), ...seeds];
    block.state = pack(block.kernels, block.count, taken(whole));
  }
}
