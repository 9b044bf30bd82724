/*
 * The bundler of plotly.js wraps each of its modules in a function that runs when another module first requires it, and
 * writes a module after those that it needs.
 */

/** The helper that makes such a function of a module, and the return of the last one, which requires all others. */
const wrapping =
  /var ([\w$]+)=(\((\w),(\w)\)=>\(\)=>\{try\{return \4\|\|\3\(\(\4=\{exports:\{\}\}\)\.exports,\4\),\4\.exports\}catch\((\w)\)\{throw \4=0,\5\}\})/;
const asking = /return ([\w$]+)\(\);\}\)\(\);(?=\s*\/\*! Bundled)/;

/** Its drawing: step by step, with a wait for every promise that a step returns. */
const stepping = /(\w)\.splice\(0,1\)\[0\],(\w)=(\w)\((\w)\),\2&&\2\.then\)return/;

/** The functions around the whole script, and the end of the outer one. */
const outer = /: this, \(\) => \{/;
const inner = /var Plotly=\(\(\)=>\{/;
const end = /return Plotly;\s*\}\)\);\s*$/;

/** The global that tells the script not to run its modules. */
export const inPartsWanted = "plotlyInParts";

/**
 * The global function, if present, that receives each step of a drawing and the list of later ones, runs the step, and
 * may return a promise to wait for.
 */
export const stepTaken = "plotlyStep";

/**
 * The script in two modes. If the global `plotlyInParts` is set, its modules do not run, and its own global is `{
 * parts, entry }`, where `entry()` returns what the script would have returned. Otherwise, as in a report, it runs as
 * usual. A drawing lets the global `plotlyStep` run its steps. Functions in parentheses and the comment let engines
 * compile during loading, in another thread. Null if the script has another form.
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
