import { onsagerHtml, onsagerSections } from "../report/onsager.ts";
import type { OnsagerResult } from "../transport/onsager/onsager-result.ts";
import { onsager } from "../transport/onsager/onsager-result.ts";
import type { SystemInput } from "../transport/onsager/system-file.ts";
import { endingAtOnce } from "./end-at-once.ts";
import { exitCode } from "./exit.ts";
import { naming, readYaml } from "./read-yaml.ts";
import { requirePlace, sayResultFolder, writeFolder } from "./write-result.ts";

const obeys = ({ reciprocity, secondLaw }: Pick<OnsagerResult, "reciprocity" | "secondLaw">): boolean =>
  reciprocity.holds && secondLaw.holds;

/** `spinsemble onsager FILE`: reciprocity, second law and dissipated power of a system of fluxes and forces. */
export async function onsagerCommand(
  file: string,
  flags: { readonly json?: boolean; readonly out?: string },
): Promise<number> {
  return endingAtOnce("onsager", async (found) => {
    const input = await readYaml(file);
    await requirePlace(flags.out);
    const result = naming(file, () => onsager(input as SystemInput));
    found();
    if (flags.out !== undefined)
      await writeFolder(flags.out, {
        "result.json": `${JSON.stringify(result, null, 1)}\n`,
        "report.html": onsagerHtml(result, ""),
      });
    print(result, flags);
    return obeys(result) && (result.combined === null || obeys(result.combined))
      ? exitCode.done
      : exitCode.disagreement;
  });
}

function print(
  result: OnsagerResult,
  { json, out }: { readonly json?: boolean; readonly out?: string },
): void {
  if (json) process.stdout.write(`${JSON.stringify(result)}\n`);
  else
    for (const { title, rows } of onsagerSections(result)) {
      const width = Math.max(...rows.map(([label]) => label.length)) + 2;
      process.stdout.write(`${title}\n`);
      for (const [label, value] of rows) process.stdout.write(`  ${label.padEnd(width)}${value}\n`);
    }
  sayResultFolder(out, json);
}
