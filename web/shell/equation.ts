import type { TermOfEquation } from "../../src/experiment/terms.ts";
import { byId, element } from "../elements/element.ts";

type Part = Element | string;

const space = "http://www.w3.org/1998/Math/MathML";

/** An element of MathML. */
function math(tag: string, attributes: Readonly<Record<string, string>>, ...parts: readonly Part[]): Element {
  const node = document.createElementNS(space, tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...parts);
  return node;
}

const name = (text: string): Element => math("mi", {}, text);
const sign = (text: string): Element => math("mo", { stretchy: "false" }, text);
const number = (text: string): Element => math("mn", {}, text);
const row = (...parts: readonly Part[]): Element => math("mrow", {}, ...parts);
const vector = (text: string): Element => math("mi", { mathvariant: "normal", class: "vector" }, text);

/** 4e4 as 4 × 10⁴. */
function factor(size: number): Element[] {
  const [digits, power] = size.toExponential(3).split("e");
  const short = Number(digits);
  if (Math.abs(Number(power)) < 4) return [number(String(Number(size.toPrecision(4))))];
  const ten = math("msup", {}, number("10"), number(power.replace("+", "").replace("-", "−")));
  return short === 1 ? [ten] : [number(String(short)), sign("·"), ten];
}

const components = ["x", "y", "z"];

/** m_z² and the like. */
const powers = (exponents: readonly number[]): Element[] =>
  exponents.flatMap((n, i) => {
    if (n === 0) return [];
    const parts = [name("m"), name(components[i]), ...(n > 1 ? [number(String(n))] : [])];
    return [math(n > 1 ? "msubsup" : "msub", {}, ...parts)];
  });

const mostMonomials = 6;

/** A function of m: its polynomial, or a note that it is not a polynomial. */
function right({ monomials }: TermOfEquation): Element[] {
  if (monomials === null) return [name("f"), sign("("), vector("m"), sign(")")];
  if (monomials.length === 0) return [number("0")];
  const shown = monomials.slice(0, mostMonomials).flatMap(({ factor: value, exponents }, i) => {
    const changes = value === null;
    const before = changes || value >= 0 ? (i > 0 ? [sign("+")] : []) : [sign("−")];
    const size = changes ? [name("c"), sign("("), name("t"), sign(")")] : factor(Math.abs(value));
    const isOne = !changes && Math.abs(value) === 1;
    return [
      ...before,
      ...(isOne ? [] : [...size, math("mspace", { width: "0.15em" })]),
      ...powers(exponents),
    ];
  });
  return monomials.length > mostMonomials ? [...shown, sign("+"), sign("…")] : shown;
}

/** Number of a term among those of its kind, counted from 1. */
const symbolOf = (term: TermOfEquation, terms: readonly TermOfEquation[]): Element => {
  const own = terms.filter(({ symbol }) => symbol === term.symbol);
  const part = name(term.symbol);
  const shown = own.length > 1 ? math("msub", {}, part, number(String(1 + own.indexOf(term)))) : part;
  return math("mrow", { "data-term": term.path }, shown);
};

/** αLv(V₁ + V₂) + χ */
function sum(before: readonly string[], own: "χ" | "Φ", terms: readonly TermOfEquation[]): Element[] {
  const added = (symbol: string): Element[] =>
    terms
      .filter((term) => term.symbol === symbol)
      .flatMap((term, i) => [...(i > 0 ? [sign("+")] : []), symbolOf(term, terms)]);
  const energies = added("V");
  const many = energies.length > 1;
  const first =
    energies.length === 0
      ? []
      : [...before.map(name), ...(many ? [sign("(")] : []), ...energies, ...(many ? [sign(")")] : [])];
  const second = added(own);
  const all = [...first, ...(first.length > 0 && second.length > 0 ? [sign("+")] : []), ...second];
  return all.length > 0 ? all : [number("0")];
}

const line = (...parts: readonly Part[]): HTMLElement =>
  element("p", {}, math("math", { display: "inline" }, row(...parts)) as unknown as Node);

/** The equation of motion of an experiment; the part of each term is highlighted while its form is in use. */
export class Equation {
  readonly #host = byId("equation");

  constructor() {
    const form = byId("form");
    for (const event of ["focusin", "pointerover"])
      form.addEventListener(event, ({ target }) => this.#touch(target as Element));
    form.addEventListener("pointerleave", () => this.#touch(document.activeElement));
    form.addEventListener("focusout", () => this.#touch(null));
    this.#host.addEventListener("click", ({ target }) => {
      const path = (target as Element).closest("[data-term]")?.getAttribute("data-term");
      const entry = document.querySelector<HTMLElement>(`#form [data-entry="${path}"]`);
      entry?.closest("details")?.setAttribute("open", "");
      entry?.scrollIntoView({ block: "center" });
      entry?.querySelector<HTMLElement>("input, select, textarea")?.focus();
    });
  }

  #touch(target: Element | null): void {
    const path = target?.closest("[data-entry]")?.getAttribute("data-entry");
    for (const node of this.#host.querySelectorAll("[data-term]"))
      node.classList.toggle("touched", node.getAttribute("data-term") === path);
  }

  show(terms: readonly TermOfEquation[], isReduced: boolean): void {
    const dot = (...parts: readonly Part[]): Part[] => [sign("("), ...parts, sign(")")];
    const unit = (symbol: string): string => (isReduced ? "" : symbol === "V" ? "\u00a0J/m³" : "\u00a0s⁻¹");
    this.#host.replaceChildren(
      line(
        row(name("d"), vector("m")),
        sign("="),
        ...dot(sign("−"), sign("∇"), name("Ψ"), sign("+"), vector("m"), sign("×"), sign("∇"), name("Ω")),
        row(name("d"), name("t")),
        sign("+"),
        math("msqrt", {}, number("2"), name("D")),
        vector("m"),
        sign("∘×"),
        row(name("d"), vector("W")),
      ),
      line(name("Ψ"), sign("="), ...sum(["α", "L", "v"], "χ", terms)),
      line(name("Ω"), sign("="), ...sum(["L", "v"], "Φ", terms)),
      ...terms.map((term) => {
        const node = line(
          symbolOf(term, terms),
          sign("="),
          ...right(term),
          math("mtext", {}, unit(term.symbol)),
        );
        node.dataset.term = term.path;
        return node;
      }),
    );
  }
}
