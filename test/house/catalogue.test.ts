import { readFileSync, writeFileSync } from "node:fs";
import { expect, it } from "vitest";
import { catalogueInMarkdown } from "../../src/observables/experiment.ts";

const file = new URL("../../docs/catalogue.md", import.meta.url);

it("docs/catalogue.md is made from the catalogues (UPDATE=1 writes it anew)", () => {
  const text = `# Catalogue\n\nMade from the catalogues in \`src/physics\`, \`src/experiment\` and \`src/observables\`; \`UPDATE=1 npx vitest run test/house/catalogue.test.ts\` writes it\nanew.\n\n${catalogueInMarkdown().trim()}\n`;
  if (process.env.UPDATE === "1") writeFileSync(file, text);
  expect(readFileSync(file, "utf8") === text, "the catalogue has changed").toBe(true);
});
