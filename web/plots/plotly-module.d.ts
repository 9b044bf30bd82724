declare module "plotly.js" {
  /** The few functions of plotly.js that the page calls. */
  export interface PlotlyModule {
    react(host: HTMLElement, traces: readonly object[], layout: object, config: object): Promise<unknown>;
    toImage(host: HTMLElement, options: object): Promise<string>;
    Plots: { resize(host: HTMLElement): void };
  }
  const plotly: PlotlyModule;
  export default plotly;
}
