import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { htmlPage } from "../../src/report/page.ts";

const hostile = `</script><script>alert(1)</script><img src=x onerror="alert(2)">`;
const made = (): string =>
  htmlPage(
    {
      title: hostile,
      head: "",
      figures: [{ title: hostile, caption: hostile, data: [{ name: hostile }], layout: { title: hostile } }],
      tail: "",
    },
    "var Plotly = {};",
  );
const policyOf = (page: string): string =>
  /http-equiv="Content-Security-Policy"\s+content="([^"]*)"/.exec(page)?.[1] ?? "";
const directive = (policy: string, name: string): string[] =>
  policy
    .split("; ")
    .find((part) => part.startsWith(`${name} `))
    ?.split(" ")
    .slice(1) ?? [];

describe("a report", () => {
  it("lets no script run but its own, which bear a number that comes once", () => {
    const page = made();
    const nonce = /'nonce-([0-9a-f]{32})'/.exec(policyOf(page))?.[1];
    expect(directive(policyOf(page), "script-src")).toEqual([`'nonce-${nonce}'`]);
    expect(directive(policyOf(page), "default-src")).toEqual(["'none'"]);
    const scripts = [...page.matchAll(/<script([^>]*)>/g)].map(([, attributes]) => attributes.trim());
    expect(scripts).toEqual([`nonce="${nonce}"`, `nonce="${nonce}"`]);
    expect(page).not.toMatch(/<img|onerror="/);
    expect(made()).not.toContain(nonce);
    // it stands before anything that it could be too late for
    expect(page.indexOf("Content-Security-Policy")).toBeLessThan(page.indexOf("<title>"));
  });
});

describe("the page", () => {
  it("lets no inline script, no handler and nothing from elsewhere in", () => {
    const policy = policyOf(readFileSync(new URL("../../web/index.html", import.meta.url), "utf8"));
    expect(directive(policy, "default-src")).toEqual(["'none'"]);
    expect(directive(policy, "script-src")).not.toContain("'unsafe-inline'");
    expect(policy).not.toMatch(/https?:|\*/);
    expect(directive(policy, "form-action")).toEqual(["'none'"]);
  });
});
