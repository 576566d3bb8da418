import { createHash } from "node:crypto";
import { randomToken } from "@rose-ash/shared/infrastructure/keys/index.ts";
import { Browser, type Page } from "../browser.ts";
import { personOf, uidOf } from "../sign-in.ts";
import type { TestSite } from "../site.ts";

/** An app that registered itself by Mastodon's client API. */
export interface ClientApp {
  readonly id: string;
  readonly client_id: string;
  readonly client_secret: string;
  readonly redirectUri: string;
}

export const OUT_OF_BAND = "urn:ietf:wg:oauth:2.0:oob";

export async function aClientApp(
  site: TestSite,
  { name = "Bakery for phones", redirectUri = OUT_OF_BAND, scopes = "read write follow push" } = {},
): Promise<ClientApp> {
  const answer = await postJson(site, "/api/v1/apps", { client_name: name, redirect_uris: redirectUri, scopes });
  if (answer.status !== 200) throw new Error(`the app was refused: ${answer.status} ${await answer.text()}`);
  return { ...((await answer.json()) as Omit<ClientApp, "redirectUri">), redirectUri };
}

export const postJson = (site: TestSite, path: string, body: object, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(site.url("federation", path), {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
  });

export const postForm = (
  site: TestSite,
  path: string,
  form: Record<string, string>,
  headers: Record<string, string> = {},
): Promise<Response> => fetch(site.url("federation", path), { method: "POST", headers, body: new URLSearchParams(form) });

export function authorizeUrl(site: TestSite, app: ClientApp, more: Record<string, string> = {}): string {
  const params = {
    response_type: "code",
    client_id: app.client_id,
    redirect_uri: app.redirectUri,
    scope: "read write follow push",
    ...more,
  };
  return site.url("federation", `/oauth/authorize?${new URLSearchParams(params)}`);
}

/** The page that asks a seeded member, in a browser in which they are signed in from then on. */
export async function askedPage(site: TestSite, browser: Browser, handle: string, url: string): Promise<Page> {
  const page = await browser.get(url);
  if (!page.url.includes("/sign-in/")) return page;
  const { userId } = await personOf(site, handle);
  return browser.post(site.url("federation", `/sign-in/${uidOf(page)}/as`), { user: String(userId) });
}

/** The fields that a page's form holds back. */
export const hiddenOf = ({ text }: Page): Record<string, string> =>
  Object.fromEntries(
    [...text.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)">/g)].map(([, name = "", value = ""]) => [
      name,
      value.replaceAll("&amp;", "&"),
    ]),
  );

/** The code that the member is shown after they let the app in. */
export async function codeFor(site: TestSite, app: ClientApp, handle: string, more: Record<string, string> = {}): Promise<string> {
  const browser = new Browser();
  const page = await askedPage(site, browser, handle, authorizeUrl(site, app, more));
  const shown = await browser.post(site.url("federation", "/oauth/authorize"), { ...hiddenOf(page), decision: "allow" });
  return /<code[^>]*>([\w-]{43})<\/code>/.exec(shown.text)?.[1] ?? `no code: ${shown.status} ${shown.text.slice(0, 500)}`;
}

export const tokenForm = ({ client_id, client_secret, redirectUri }: ClientApp, code: string): Record<string, string> => ({
  ...{ grant_type: "authorization_code", client_id, client_secret, redirect_uri: redirectUri, code },
});

/** A token of a seeded member. */
export async function tokenOf(site: TestSite, app: ClientApp, handle: string, scope = "read write follow push"): Promise<string> {
  const code = await codeFor(site, app, handle, { scope });
  const answer = await postForm(site, "/oauth/token", tokenForm(app, code));
  const { access_token: token } = (await answer.json()) as { access_token?: string };
  if (token === undefined) throw new Error(`no token for ${handle} by ${code}`);
  return token;
}

/** What RFC 7636 has. */
export function aVerifier(): { verifier: string; challenge: string } {
  const verifier = randomToken();
  return { verifier, challenge: createHash("sha256").update(verifier).digest("base64url") };
}
