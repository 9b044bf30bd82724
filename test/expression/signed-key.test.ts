import { describe, expect, it } from "vitest";
import * as e from "../../src/expression/expression.ts";
import { signedKeys } from "../../src/expression/signed-key.ts";

const signedKey = signedKeys();
const [t, u] = ["t", "u"].map((name) => e.variable(name));
const wave = e.sin(e.mul(0.3, t));

describe("expressions up to their sign", () => {
  it.each([
    [e.sub(t, wave), e.sub(wave, t)],
    [e.mul(0.2, wave), e.mul(-0.2, wave)],
    [e.add(1, e.mul(-2, wave)), e.sub(e.mul(wave, 2), 1)],
    [e.div(e.neg(t), u), e.div(t, u)],
    [e.sub(e.neg(t), u), e.add(u, t)],
  ])("finds opposites: %#", (first, second) => {
    const [one, other] = [signedKey(first), signedKey(second)];
    expect(other.key).toBe(one.key);
    expect(other.sign).toBe(-one.sign);
  });

  it.each([
    [e.add(t, u), e.add(u, t)],
    [e.mul(t, wave), e.mul(wave, t)],
  ])("finds equals: %#", (first, second) => {
    expect(signedKey(second)).toEqual(signedKey(first));
  });

  it("takes no longer for what is shared than for what is not", () => {
    let nested: e.Expression = t;
    for (let i = 0; i < 200; i++) nested = e.add(e.mul(nested, nested), 0.1);
    expect(signedKey(e.neg(nested))).toEqual({ sign: -1, key: signedKey(nested).key });
  });

  it("tells others apart", () => {
    const all = [
      e.add(t, u),
      e.sub(t, u),
      e.mul(t, u),
      e.div(t, u),
      e.div(u, t),
      e.sin(t),
      e.sin(e.neg(t)),
      e.mul(0.2, wave),
      e.mul(0.3, wave),
      e.less(t, u),
      e.less(u, t),
    ];
    expect(new Set(all.map((x) => signedKey(x).key)).size).toBe(all.length);
  });
});
