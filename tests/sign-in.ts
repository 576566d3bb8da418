import type { Person } from "@rose-ash/shared/contracts/identity.ts";
import { hashToken } from "@rose-ash/shared/infrastructure/keys/index.ts";
import type { App } from "@rose-ash/shared/models/apps.ts";
import type { Browser, Page } from "./browser.ts";
import type { TestSite } from "./site.ts";

/** A seeded person by handle. */
export async function personOf(site: TestSite, handle: string): Promise<Person> {
  const person = (await site.services.identity.listPeople()).find((one) => one.handle === handle);
  if (person === undefined) throw new Error(`nobody is called ${handle}`);
  return person;
}

/** The page that asks who it is, come to from blog. */
export function signInPage(site: TestSite, browser: Browser, login = "/auth/login?next=/"): Promise<Page> {
  return browser.get(site.url("blog", login));
}

/** The interaction in a sign-in page's address. */
export function uidOf({ url }: Page): string {
  return /\/sign-in\/([\w-]+)/.exec(url)?.[1] ?? "";
}

/** Signs in at blog through the development door; returns the page it ends at. */
export async function signInAs(site: TestSite, browser: Browser, handle: string, login?: string): Promise<Page> {
  const { userId } = await personOf(site, handle);
  const uid = uidOf(await signInPage(site, browser, login));
  return browser.post(site.url("federation", `/sign-in/${uid}/as`), { user: String(userId) });
}

/** Whom the browser's cookies are to an app: a handle, or null for a guest. No request is made. */
export async function whoIs(site: TestSite, browser: Browser, app: App): Promise<string | null> {
  const token = browser.value("rose_session", site.url(app, "/"));
  const member = token === undefined ? null : await site.services.identity.findSession(app, hashToken(token));
  return member?.handle ?? null;
}
