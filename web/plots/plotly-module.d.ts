declare module "plotly.js" {
  /** The few functions of plotly.js that the page calls. */
  export interface PlotlyModule {
    react(host: HTMLElement, traces: readonly object[], layout: object, config: object): Promise<unknown>;
    /** Image of a plot on the page, or of a figure that is not on the page. */
    toImage(
      figure: { readonly data: readonly object[]; readonly layout: object },
      options: object,
    ): Promise<string>;
    purge(host: HTMLElement): void;
  }
}

declare module "virtual:plotly-address" {
  /** Address of plotly as a script (web/vite.config.ts). */
  const address: string;
  export default address;
}
