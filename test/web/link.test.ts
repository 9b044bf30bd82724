import { describe, expect, it } from "vitest";
import { readLink } from "../../web/state/link.ts";

const linkOf = (changes: string): ReturnType<typeof readLink> =>
  readLink(`#v=1&preset=neel-brown&set=${encodeURIComponent(changes)}`);

describe("a link from a stranger", () => {
  it("is read where its changes are plain", () => {
    expect(linkOf('{"magnet.alpha":0.2}')).toMatchObject({ ok: true, changes: { "magnet.alpha": 0.2 } });
  });

  it.each([
    [
      "too deep for a message to a worker",
      `{"magnet":${"[".repeat(20_000)}${"]".repeat(20_000)}}`,
      /levels deep/,
    ],
    ["too long", `{"name":"${"A".repeat(200_000)}"}`, /at most 100000 characters/],
    ["of another's prototype", '{"magnet":{"__proto__":{"polluted":1}}}', /__proto__/],
  ])("that is %s is refused with its reason", (_, changes, reason) => {
    expect(linkOf(changes)).toEqual({ ok: false, reason: expect.stringMatching(reason) });
  });
});
