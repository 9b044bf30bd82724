/*
 * The bundler of plotly.js wraps each of its modules in a function that runs when another first asks for it, and writes
 * them in such an order that a module comes after those it needs.
 */

/** What makes such a function of a module, and the return of the last one, which asks for all others. */
const wrapping =
  /var ([\w$]+)=(\((\w),(\w)\)=>\(\)=>\{try\{return \4\|\|\3\(\(\4=\{exports:\{\}\}\)\.exports,\4\),\4\.exports\}catch\((\w)\)\{throw \4=0,\5\}\})/;
const asking = /return ([\w$]+)\(\);\}\)\(\);(?=\s*\/\*! Bundled)/;

/** How it draws: step by step, waiting wherever a step gives a promise. */
const stepping = /(\w)\.splice\(0,1\)\[0\],(\w)=(\w)\((\w)\),\2&&\2\.then\)return/;

/** The functions around all of it, and the end of the outer one. */
const outer = /: this, \(\) => \{/;
const inner = /var Plotly=\(\(\)=>\{/;
const end = /return Plotly;\s*\}\)\);\s*$/;

/** The global that asks the script to leave its modules alone. */
export const inPartsWanted = "plotlyInParts";

/**
 * The global that, where there is one, is given each step of a drawing and the list of those after it, runs it, and may
 * return a promise to wait for.
 */
export const stepTaken = "plotlyStep";

/**
 * The script with a choice: where the global `plotlyInParts` is set, its modules are left to be run one by one, and its
 * own global is `{ parts, entry }`, where `entry()` gives what the script would have given. Elsewhere, as in a report, it
 * runs as ever. A drawing lets the global `plotlyStep`
 * run its steps. Functions in parentheses and the comment ask engines to compile while the script still loads, in a thread
 * of their own, and not when it runs. Null where the script is not of this kind.
 */
export function inParts(script: string): string | null {
  if (![wrapping, asking, stepping, outer, inner, end].every((part) => part.test(script))) return null;
  const whole = script
    .replace(
      wrapping,
      (_, name, wrap) => `var $parts=[],${name}=(w=>(e,r)=>{let f=w(e,r);$parts.push(f);return f})(${wrap})`,
    )
    .replace(
      asking,
      (_, entry) => `return globalThis.${inPartsWanted}?{parts:$parts,entry:${entry}}:${entry}();})();`,
    )
    .replace(
      stepping,
      (_, steps, result, step, of) =>
        `${steps}.splice(0,1)[0],${result}=(globalThis.${stepTaken}||(f=>f()))(()=>${step}(${of}),${steps}),${result}&&${result}.then)return`,
    )
    .replace(outer, ": this, (function () {")
    .replace(inner, "var Plotly=(function(){")
    .replace(end, "return Plotly;\n})));\n");
  return `//# allFunctionsCalledOnLoad\n${whole}`;
}
