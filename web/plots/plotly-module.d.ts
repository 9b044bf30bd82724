declare module "plotly.js" {
  /** The few functions of plotly.js that the page calls. */
  export interface PlotlyModule {
    react(host: HTMLElement, traces: readonly object[], layout: object, config: object): Promise<unknown>;
    toImage(host: HTMLElement, options: object): Promise<string>;
  }
}

declare module "*?url" {
  /** Address of the file, which is served as it is. */
  const address: string;
  export default address;
}
