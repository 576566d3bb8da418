import { AxeBuilder } from "@axe-core/playwright";
import { type Browser, chromium, type Page } from "playwright-core";
import { tools } from "./tools.ts";

const ARGS = [
  ...["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--host-resolver-rules=MAP *.localhost 127.0.0.1"],
  "--font-render-hinting=none", // letters as wide as a real screen has them
];

/** The machine's Chromium, which finds the site's names by itself and asks nobody else for anything. */
export function launchChrome(): Promise<Browser> {
  return chromium.launch({ executablePath: tools.chromium ?? "", args: ARGS });
}

/**
 * What is wrong with a page as it stands, a line each: what axe finds, but in places that match `exclude`, and what is wider than
 * the screen. A page without scripts of its own can be asked all the same; one in a context without scripts can't.
 */
export async function faultsOf(page: Page, { exclude }: { exclude?: string } = {}): Promise<string[]> {
  const axe = new AxeBuilder({ page }).setLegacyMode(true).options({ resultTypes: ["violations"] }); // no page but this one is opened for it
  const { violations } = await (exclude === undefined ? axe : axe.exclude(exclude)).analyze();
  const found = violations.map(({ id, nodes }) => `${page.url()} ${id}: ${nodes.map(({ html }) => html).join(" ")}`);
  const overflow = await page.evaluate<number>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
  return overflow > 0 ? [...found, `${page.url()} is ${overflow} px wider than the screen`] : found;
}
