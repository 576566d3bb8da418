import { APPS, type App } from "@rose-ash/shared/models/apps.ts";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { launchChrome } from "./chrome.ts";
import { openTestSite, type SiteOptions, type TestSite } from "./site.ts";

/** A site with all that goes on in it by itself, and the browser that visits it. */
export interface VisitedSite extends TestSite {
  chrome: Browser;
}

export async function openVisitedSite({ apps = APPS, ...options }: SiteOptions & { apps?: readonly App[] } = {}): Promise<VisitedSite> {
  const [chrome, site] = await Promise.all([launchChrome(), openTestSite(apps, { ...options, isServing: true })]);
  const close = async () => {
    await chrome.close();
    await site.close();
  };
  return { ...site, chrome, close };
}

/** A new tab of somebody seeded who is signed in, by the door that only development has, and was led to this path. */
export async function signedIn(site: TestSite, context: BrowserContext, name: string, app: App = "blog", path = "/"): Promise<Page> {
  const page = await context.newPage();
  await page.goto(site.url(app, `/auth/login?next=${encodeURIComponent(path)}`));
  await page.getByRole("button", { name, exact: false }).first().click();
  await page.waitForURL(site.url(app, path));
  return page;
}
