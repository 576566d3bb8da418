import type { CookieSerializeOptions } from "@fastify/cookie";
import type { BaseConfig, SiteConfig } from "../config.ts";

const DAY_SECONDS = 24 * 3600;

/** A cookie by name with the options it is set with. */
export interface CookieKind {
  name: string;
  options: CookieSerializeOptions;
}

/** Our cookies. session and asked belong to one host; device and keeper are the whole site's. */
export interface SessionCookies {
  /** The first-party session of this app. */
  session: CookieKind;
  /** The browser, known to all six: guests' carts hang on it. */
  device: CookieKind;
  /** Whose copies of pages the browser keeps (keeper.ts): the only one that scripts read. */
  keeper: CookieKind;
  /** When this app last tried to sign in silently: milliseconds. */
  asked: CookieKind;
}

/** On https the session is a __Host- cookie, which no sibling host can plant. Plain http can't have it outside of Chromium. */
export function sessionCookies(config: Pick<BaseConfig, "PUBLIC_ORIGIN" | "SITE_DOMAIN">, site: SiteConfig): SessionCookies {
  const secure = isHttps(config);
  const base: CookieSerializeOptions = { path: "/", httpOnly: true, sameSite: "lax", secure };
  const year = 365 * DAY_SECONDS;
  return {
    session: { name: hostCookie("rose_session", secure), options: { ...base, maxAge: site.sessions.days * DAY_SECONDS } },
    device: { name: "rose_device", options: { ...base, domain: config.SITE_DOMAIN, maxAge: year } },
    keeper: {
      name: "rose_keeper",
      options: { ...base, httpOnly: false, domain: config.SITE_DOMAIN, maxAge: site.sessions.days * DAY_SECONDS },
    },
    asked: { name: "rose_asked", options: { ...base, maxAge: year } },
  };
}

/** Whether people reach the site by https. */
export function isHttps(config: Pick<BaseConfig, "PUBLIC_ORIGIN">): boolean {
  return config.PUBLIC_ORIGIN.startsWith("https:");
}

/** The name of a cookie that only this host may set; its path must be "/". */
export function hostCookie(name: string, secure: boolean): string {
  return secure ? `__Host-${name}` : name;
}
