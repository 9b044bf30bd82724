import { openBrowser, openSite, visit, verdict } from "./laboratory.ts";
const site = await openSite(); const browser = await openBrowser("plain");
for (const spec of process.argv.slice(2)) {
  const [hash, out, w, h, wait, dark] = spec.split("|");
  const { page, errors } = await visit(browser, `${site.address}${hash}`, { viewport: { width: +w!, height: +h! }, colorScheme: dark ? "dark" : "light" });
  await page.waitForTimeout(1000 * +(wait ?? 8));
  await page.screenshot({ path: `/tmp/ex/shots/${out}.png`, fullPage: false });
  console.log(out, errors); await page.close();
}
await browser.close(); await site.close();
