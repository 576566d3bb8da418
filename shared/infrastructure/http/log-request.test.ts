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
