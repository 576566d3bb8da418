interface Cookie {
  name: string;
  value: string;
  domain: string;
  isHostOnly: boolean;
  path: string;
}

export interface Page {
  url: string;
  status: number;
  text: string;
  headers: Headers;
  /** Every request on the way, as "GET 302 http://…". */
  hops: readonly string[];
}

/** Fields by name; as pairs where one name comes more than once. */
export type Form = Record<string, string> | readonly [string, string][];

const MAX_HOPS = 12;

/** A browser without scripts: keeps cookies as RFC 6265 has it, follows redirects, sends forms from pages of the same host. */
export class Browser {
  readonly cookies: Cookie[] = [];

  get(url: string, headers: Record<string, string> = {}): Promise<Page> {
    return this.#follow("GET", url, headers, undefined, []);
  }

  /** Sends one request and stays where it leads. */
  getOnce(url: string, headers: Record<string, string> = {}): Promise<Response> {
    return this.#send("GET", url, headers, undefined);
  }

  post(url: string, form: Form = {}, headers: Record<string, string> = {}): Promise<Page> {
    return this.#follow("POST", url, headers, form, []);
  }

  postOnce(url: string, form: Form = {}): Promise<Response> {
    return this.#send("POST", url, {}, form);
  }

  /** Deletes cookies of a name; with a host, only that host's. */
  forget(name: string, host?: string): void {
    const left = this.cookies.filter((cookie) => cookie.name !== name || (host !== undefined && cookie.domain !== host));
    this.cookies.splice(0, this.cookies.length, ...left);
  }

  value(name: string, url: string): string | undefined {
    return this.#sent(new URL(url)).find((cookie) => cookie.name === name)?.value;
  }

  /** Puts a cookie in as somebody with power over this browser would. */
  plant(name: string, value: string, url: string, domain?: string): void {
    this.#keep({ name, value, domain: domain ?? new URL(url).hostname, isHostOnly: domain === undefined, path: "/" });
  }

  async #follow(method: string, url: string, headers: Record<string, string>, form: Form | undefined, before: string[]): Promise<Page> {
    const response = await this.#send(method, url, headers, form);
    const hops = [...before, `${method} ${response.status} ${url}`];
    const location = response.headers.get("location");
    if (location === null) return { url, status: response.status, text: await response.text(), headers: response.headers, hops };
    await response.body?.cancel();
    if (hops.length > MAX_HOPS) throw new Error(`it goes round in circles:\n${hops.join("\n")}`);
    return this.#follow("GET", new URL(location, url).href, {}, undefined, hops);
  }

  async #send(method: string, url: string, extra: Record<string, string>, form: Form | undefined): Promise<Response> {
    const target = new URL(url);
    const cookie = this.#sent(target).map(({ name, value }) => `${name}=${value}`);
    const headers = {
      accept: "text/html,*/*;q=0.8",
      "sec-fetch-dest": "document",
      ...(cookie.length > 0 ? { cookie: cookie.join("; ") } : {}),
    };
    const ofForm = { "content-type": "application/x-www-form-urlencoded", origin: target.origin, "sec-fetch-site": "same-origin" };
    const sent = form === undefined ? {} : { body: new URLSearchParams(form) };
    const response = await fetch(url, { method, redirect: "manual", headers: { ...headers, ...(form && ofForm), ...extra }, ...sent });
    for (const line of response.headers.getSetCookie()) this.#take(line, target);
    return response;
  }

  #sent({ hostname, pathname }: URL): Cookie[] {
    return this.cookies.filter(({ domain, isHostOnly, path }) => {
      const isHost = isHostOnly ? hostname === domain : hostname === domain || hostname.endsWith(`.${domain}`);
      return isHost && (pathname === path || pathname.startsWith(path.endsWith("/") ? path : `${path}/`));
    });
  }

  #take(line: string, from: URL): void {
    const [pair = "", ...rest] = line.split(";").map((part) => part.trim());
    const attributes = new Map(rest.map((part) => part.split("=")).map(([key = "", value = ""]) => [key.toLowerCase(), value]));
    const domain = attributes.get("domain")?.replace(/^\./, "");
    if (domain !== undefined && from.hostname !== domain && !from.hostname.endsWith(`.${domain}`)) return;
    const [name = "", value = ""] = [pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1)];
    const expires = Date.parse(attributes.get("expires") ?? "");
    const isOver = attributes.get("max-age") === "0" || expires < Date.now();
    this.#keep(
      { name, value, domain: domain ?? from.hostname, isHostOnly: domain === undefined, path: attributes.get("path") ?? "/" },
      isOver,
    );
  }

  #keep(cookie: Cookie, isOver = false): void {
    const same = (other: Cookie) => other.name === cookie.name && other.domain === cookie.domain && other.path === cookie.path;
    const at = this.cookies.findIndex(same);
    if (at >= 0) this.cookies.splice(at, 1);
    if (!isOver) this.cookies.push(cookie);
  }
}
