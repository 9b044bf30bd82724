import { openBrowser } from "./laboratory.ts";
const browser = await openBrowser("plain");
for (const spec of process.argv.slice(2)) {
  const [file, out, w, h] = spec.split("|");
  const page = await browser.newPage({ viewport: { width: +w!, height: +h! } });
  await page.goto(`file://${file}`); await page.waitForTimeout(4000);
  console.log(out, await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth, document.documentElement.scrollHeight]));
  await page.screenshot({ path: `/tmp/ex/shots/${out}.png`, fullPage: true });
}
await browser.close();
