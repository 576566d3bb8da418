import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { logRequest } from "./log-request.ts";

it.each([
  ["/auth/callback?code=secret&state=secret", "/auth/callback"],
  ["/sign-in/uid/link/secret", "/sign-in/uid/link/…"],
  ["/sign-in/uid/link/secret?from=mail", "/sign-in/uid/link/…"],
  ["/my-calendar/secret/calendar.ics", "/my-calendar/…"],
  ["/invitations/12/secret", "/invitations/12/…"],
  ["/products/oak-smoked-salt", "/products/oak-smoked-salt"],
])("%s is logged as %s", (url, logged) => {
  expect(logRequest({ method: "GET", url, host: "blog.example", ip: "127.0.0.1" }).url).toBe(logged);
});

const ROOT = join(import.meta.dirname, "../../..");

it("says nothing of what a route calls a token, a secret or a signature", () => {
  const files = globSync("{blog,market,cart,events,federation,account}/bp/**/*.ts", { cwd: ROOT });
  const urls = files.flatMap((file) => [
    ...readFileSync(join(ROOT, file), "utf8").matchAll(/url: "([^"]*:(?:token|secret|signature)\b[^"]*)"/g),
  ]);
  expect(urls.length).toBeGreaterThan(10);
  for (const [, url = ""] of urls) {
    const asked = url
      .replace(/\(.*?\)(?=\/|$)/g, "")
      .replace(/:(?:token|secret|signature)\b/, "hush")
      .replace(/:\w+/g, "7");
    expect(logRequest({ method: "GET", url: asked, host: "account.example", ip: "127.0.0.1" }).url, url).not.toContain("hush");
  }
});
