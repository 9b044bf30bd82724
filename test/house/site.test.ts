import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("../../", import.meta.url));
const site = mkdtempSync(join(tmpdir(), "spinsemble-site-"));
afterAll(() => rmSync(site, { recursive: true, force: true }));

describe("the site of the docs", () => {
  beforeAll(() => {
    // all pages, and the reference of one small file: `npm run docs` itself fails on a wrong link in the reference
    const flags = ["--entryPoints", "src/version.ts", "--out", site, "--skipErrorChecking"];
    const typedoc = join(root, "node_modules/typedoc/bin/typedoc");
    const { status, stdout, stderr } = spawnSync(process.execPath, [typedoc, ...flags], {
      cwd: root,
      encoding: "utf8",
    });
    expect(status, stdout + stderr).toBe(0);
  });

  it("has a page for every document", () => {
    const pages = readdirSync(join(site, "documents"));
    for (const name of readdirSync(join(root, "docs")).filter((file) => file.endsWith(".md")))
      expect(pages, name).toContain(`docs_${name.replace(".md", ".html")}`);
  });

  it("has no dead links, and asks no other address for anything", () => {
    const files = readdirSync(site, { recursive: true, encoding: "utf8" }).filter((name) =>
      name.endsWith(".html"),
    );
    const text = new Map(files.map((name) => [join(site, name), readFileSync(join(site, name), "utf8")]));
    const dead: string[] = [];
    for (const [path, html] of text) {
      for (const [, address] of html.matchAll(/<(?:script|img|link)[^>]*(?:src|href)="(https?:[^"]+)"/g))
        dead.push(`${path} asks ${address}`);
      for (const [, link] of html.matchAll(/(?:href|src)="([^"]*)"/g)) {
        if (/^(https?:|data:|mailto:)/.test(link)) continue;
        const [file, anchor] = link.split("#");
        const target = file === "" ? path : resolve(dirname(path), decodeURIComponent(file));
        if (!existsSync(target) || !statSync(target).isFile()) dead.push(`${path}: ${link}`);
        else if (anchor && text.has(target) && !text.get(target)?.includes(`id="${anchor}"`))
          dead.push(`${path}: ${link}`);
      }
    }
    expect(dead.map((line) => line.replaceAll(site, ""))).toEqual([]);
  });
});
