import type { Expression } from "../expression/expression.ts";
import { constantValue } from "../expression/expression.ts";
import { exponentsOf, polynomial } from "../expression/polynomial.ts";
import type { Monomials } from "../expression/sphere-polynomial.ts";
import type { SparseMatrix } from "../linear-algebra/sparse.ts";
import { combine, diagonalMatrix, submatrix } from "../linear-algebra/sparse.ts";
import { mapEntries, multiplySparse } from "../linear-algebra/sparse-product.ts";
import type { HarmonicIndex } from "./harmonics.ts";
import { harmonicIndex, harmonicLabels, harmonicPlace } from "./harmonics.ts";
import type { Ladder } from "./ladder.ts";
import { ladder } from "./ladder.ts";

/** Beyond this degree the matrices are so full that quadrature is cheaper. */
const highestDegree = 6;
/** Entries below this share of the coefficients are rounding; dropped, so that symmetry sectors separate. */
const rounding = 2e-14;

/** The monomials of an expression with numbers for coefficients, where it is a polynomial of low degree. */
export function lowPolynomial(of: Expression): Monomials | undefined {
  const numbers = new Map<string, number>();
  for (const [key, coefficient] of polynomial(of) ?? ([["", undefined]] as const)) {
    const value = coefficient && constantValue(coefficient);
    if (value === undefined || degreeOf(key) > highestDegree) return undefined;
    numbers.set(key, value);
  }
  return numbers;
}

const degreeOf = (key: string): number => exponentsOf(key).reduce((sum, n) => sum + n, 0);
const topDegree = (of: Monomials): number => Math.max(0, ...[...of.keys()].map(degreeOf));
const sizeOf = (of: Monomials): number => [...of.values()].reduce((sum, value) => sum + Math.abs(value), 0);

/** Assembles the forward matrices of polynomial Ψ and Ω on one index, without quadrature. */
export function polynomialAssembler(
  index: HarmonicIndex,
  degree: number,
): (psi: Monomials, omega: Monomials) => SparseMatrix {
  // products leave the index by their degree; what lies beyond is cut off at the end
  const beyond = degree + 1;
  const wide = harmonicIndex(
    index.lmax + beyond,
    Math.min(index.mmax, index.lmax) + beyond,
    // a step in m may come with one in l
    index.height + 2 * beyond,
  );
  const operators = ladder(wide);
  const { l, m, sine } = harmonicLabels(index);
  const kept = l.map((own, i) => harmonicPlace(wide, own, m[i], sine[i] === 1));
  return (psi, omega) => {
    const whole = submatrix(combine([...relaxation(operators, psi), ...precession(operators, omega)]), kept);
    // sums of terms that cancel leave their rounding; the row of l = 0 is zero, since the total is conserved
    const size = rounding * (sizeOf(psi) * topDegree(psi) + sizeOf(omega)) * degree;
    return mapEntries(whole, (value, i) => (l[i] > 0 && Math.abs(value) > size * (l[i] + 1) ? value : 0));
  };
}

type Terms = { readonly matrix: SparseMatrix; readonly scale: number }[];

/** div(ρ∇Ψ) = ½(Δ(Ψρ) − ΨΔρ + ρΔΨ), Δ being −l(l+1). */
function relaxation(operators: Ladder, psi: Monomials): Terms {
  const { l } = operators.labels;
  const eigenvalue = (i: number) => -l[i] * (l[i] + 1);
  return [
    {
      matrix: mapEntries(
        multiplication(operators, psi),
        (value, i, j) => (eigenvalue(i) - eigenvalue(j)) * value,
      ),
      scale: 0.5,
    },
    { matrix: multiplication(operators, laplacian(psi)), scale: 0.5 },
  ];
}

/** −(m×∇Ω)·∇ρ = ∇Ω·(m×∇ρ). */
function precession(operators: Ladder, omega: Monomials): Terms {
  if (topDegree(omega) === 0) return [];
  return operators.rotate.map((turn, axis) => ({
    matrix: multiplySparse(multiplication(operators, derivative(omega, axis)), turn),
    scale: 1,
  }));
}

/** The matrix of ρ ↦ pρ, by Horner's scheme in x, y and z. */
function multiplication(operators: Ladder, p: Monomials): SparseMatrix {
  const negligible = rounding * sizeOf(p);
  const build = (of: Monomials): SparseMatrix => {
    const { size } = operators.index;
    const terms: Terms = [
      { matrix: diagonalMatrix(new Float64Array(size).fill(of.get("0,0,0") ?? 0)), scale: 1 },
    ];
    operators.multiply.forEach((factor, axis) => {
      const quotient = dividedBy(of, axis);
      if (quotient.size === 0) return;
      if (topDegree(quotient) === 0) terms.push({ matrix: factor, scale: quotient.get("0,0,0")! });
      else terms.push({ matrix: multiplySparse(factor, build(quotient)), scale: 1 });
    });
    return combine(terms);
  };
  return mapEntries(build(p), (value) => (Math.abs(value) > negligible ? value : 0));
}

/** Monomials whose first variable is this one, with one factor of it less. */
function dividedBy(p: Monomials, axis: number): Monomials {
  const out = new Map<string, number>();
  for (const [key, value] of p) {
    const exponents = exponentsOf(key);
    if (exponents.findIndex((n) => n > 0) !== axis) continue;
    exponents[axis]--;
    out.set(exponents.join(","), value);
  }
  return out;
}

function derivative(p: Monomials, axis: number): Monomials {
  const out = new Map<string, number>();
  for (const [key, value] of p) {
    const exponents = exponentsOf(key);
    const power = exponents[axis]--;
    if (power > 0) out.set(exponents.join(","), power * value);
  }
  return out;
}

/** The surface Laplacian: that of space less d(d+1) times the monomial of degree d. */
function laplacian(p: Monomials): Monomials {
  const out = new Map<string, number>();
  const add = (key: string, value: number) => out.set(key, (out.get(key) ?? 0) + value);
  for (const [key, value] of p) {
    const degree = degreeOf(key);
    add(key, -degree * (degree + 1) * value);
  }
  for (const axis of [0, 1, 2])
    for (const [key, value] of derivative(derivative(p, axis), axis)) add(key, value);
  return out;
}
