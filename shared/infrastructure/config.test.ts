import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { baseConfig, developmentDoorsOpen, internalOriginOf, loadConfig, loadSite, publicUrlOf } from "./config.ts";

const folder = mkdtempSync(join(tmpdir(), "rose-ash-config-"));
afterAll(() => rmSync(folder, { recursive: true }));

const SECRET = "thirty-two characters and some more";
const NEEDED = {
  PORT: "8001",
  DATABASE_URL: "postgres://coop@db/coop",
  DEPLOYMENT_SECRET: SECRET,
  MAIL_URL: "smtp://mail:25",
};

describe("the environment", () => {
  it("needs four values; whatever else is unset is production on loopback", () => {
    const config = loadConfig(baseConfig, NEEDED);
    expect(config).toMatchObject({
      DEPLOYMENT: "production",
      HOST: "127.0.0.1",
      PORT: 8001,
      TRUSTED_PROXIES: "127.0.0.1",
      LOG_LEVEL: "info",
    });
    expect(config.REDIS_URL).toBeUndefined();
  });

  it.each(Object.keys(NEEDED))("does not start without %s, and says so", (name) => {
    expect(() => loadConfig(baseConfig, { ...NEEDED, [name]: undefined })).toThrow(
      new RegExp(`bad configuration in the environment:[\\s\\S]*${name}`),
    );
  });

  it.each([
    ["DEPLOYMENT", "staging", /"development"\|"production"/],
    ["SITE_DOMAIN", "rose ash.com", /pattern/],
    ["SITE_DOMAIN", "localhost", /pattern/],
    ["PUBLIC_ORIGIN", "https://blog.rose-ash.com", /looks like https:\/\/\{app\}\.rose-ash\.com/],
    ["PUBLIC_ORIGIN", "https://{app}.rose-ash.com/", /looks like/],
    ["PUBLIC_ORIGIN", "javascript://{app}.rose-ash.com", /looks like/],
    ["PORT", "http", /number/],
    ["PORT", "65536", /<=65535/],
    ["PORTS", "blog:8001", /looks like blog=8001,market=8002/],
    ["TRUSTED_PROXIES", "anywhere", /addresses or CIDR ranges/],
    ["TRUSTED_PROXIES", "127.0.0.1,proxy", /addresses or CIDR ranges/],
    ["DATABASE_URL", "mysql://coop@db/coop", /protocol|URL/i],
    ["DATABASE_POOL", "0", />=1/],
    ["REDIS_URL", "http://redis", /protocol|URL/i],
    ["DEPLOYMENT_SECRET", "short", /at least 32 characters/],
    ["MAIL_URL", "mailto:post@rose-ash.com", /smtp:\/\/, smtps:\/\/ or/],
    ["LOG_LEVEL", "chatty", /"fatal"\|"error"/],
  ])("refuses %s=%s by name, with the reason", (name, value, reason) => {
    const message = messageOf(() => loadConfig(baseConfig, { ...NEEDED, [name]: value }));
    expect(message).toContain(`at ${name}`);
    expect(message).toMatch(reason);
  });

  it("names every mistake at once", () => {
    const message = messageOf(() => loadConfig(baseConfig, { ...NEEDED, PORT: "x", MAIL_URL: "x", LOG_LEVEL: "x" }));
    for (const name of ["PORT", "MAIL_URL", "LOG_LEVEL"]) expect(message).toContain(`at ${name}`);
  });

  it("never repeats a bad secret in what it says", () => {
    expect(messageOf(() => loadConfig(baseConfig, { ...NEEDED, DEPLOYMENT_SECRET: "hunter2" }))).not.toContain("hunter2");
  });

  it("reads …_FILE, before the plain value and without the line's end", () => {
    const file = write("secret", "a secret from a file, long enough to be one\n");
    const config = loadConfig(baseConfig, { ...NEEDED, DEPLOYMENT_SECRET_FILE: file });
    expect(config.DEPLOYMENT_SECRET).toBe("a secret from a file, long enough to be one");
  });

  it("says which file it could not read", () => {
    expect(() => loadConfig(baseConfig, { ...NEEDED, DATABASE_URL_FILE: join(folder, "nowhere") })).toThrow(/nowhere/);
  });

  it("leaves the files of other programs' variables alone", () => {
    expect(() => loadConfig(baseConfig, { ...NEEDED, SSL_CERT_FILE: join(folder, "nowhere") })).not.toThrow();
  });

  it("reads what an app adds", () => {
    const schema = baseConfig.extend({ PAGE_SIZE: z.coerce.number() });
    expect(loadConfig(schema, { ...NEEDED, PAGE_SIZE_FILE: write("size", "12\n") }).PAGE_SIZE).toBe(12);
  });
});

const SITE = `
name: Rose Ash
tagline: Bread
timeZone: Europe/London
fragments: { deadlineMs: 300 }
limits: { requestsPerMinute: 600, bodyBytes: 65536 }
sessions: { days: 30 }
`;

describe("_config/app-config.yaml", () => {
  it("is read from the repository when nothing else is named", () => {
    expect(loadSite({}).timeZone).toBe("Europe/London");
  });

  it("may lie elsewhere, and speaks British English unless it says otherwise", () => {
    expect(loadSite({ APP_CONFIG: write("good.yaml", SITE) })).toMatchObject({ name: "Rose Ash", locale: "en-GB" });
  });

  it.each([
    ["an unknown key", `${SITE}colour: red\n`, /colour/],
    ["an unknown key below", SITE.replace("days: 30", "days: 30, hours: 3"), /hours[\s\S]*sessions/],
    ["a zone that is none", SITE.replace("Europe/London", "Europe/Lundon"), /an IANA time zone[\s\S]*timeZone/],
    ["a missing part", SITE.replace(/limits.*\n/, ""), /limits/],
    ["a deadline out of range", SITE.replace("300", "60000"), /deadlineMs/],
    ["no name", SITE.replace("Rose Ash", '""'), /at name/],
    ["an empty file", "", /bad configuration/],
  ])("refuses %s, with file and reason", (_what, text, reason) => {
    const file = write("bad.yaml", text);
    const message = messageOf(() => loadSite({ APP_CONFIG: file }));
    expect(message).toContain(`bad configuration in ${file}`);
    expect(message).toMatch(reason);
  });
});

describe("development doors", () => {
  const cases = ["development", "production"].flatMap((DEPLOYMENT) =>
    ["rose-ash.localhost", "rose-ash.com", "localhost.rose-ash.com"].flatMap((SITE_DOMAIN) =>
      ["127.0.0.1", "127.8.8.8", "::1", "localhost", "0.0.0.0", "::", "10.0.0.1", "127.0.0.1.evil.example"].map((HOST) => ({
        DEPLOYMENT: z.enum(["development", "production"]).parse(DEPLOYMENT),
        SITE_DOMAIN,
        HOST,
      })),
    ),
  );

  it.each(cases)("$DEPLOYMENT, $SITE_DOMAIN on $HOST: open only when all three allow it", (config) => {
    const isLoopback = ["127.0.0.1", "127.8.8.8", "::1", "localhost"].includes(config.HOST);
    const all = config.DEPLOYMENT === "development" && config.SITE_DOMAIN === "rose-ash.localhost" && isLoopback;
    expect(developmentDoorsOpen(config)).toBe(all);
  });
});

describe("addresses", () => {
  it("of people: the one pattern with the app's name", () => {
    const publicUrl = publicUrlOf({ PUBLIC_ORIGIN: "https://{app}.rose-ash.com" });
    expect(publicUrl("market", "/products/oak-stool")).toBe("https://market.rose-ash.com/products/oak-stool");
  });

  it("between services: loopback by port when nothing is said", () => {
    const originOf = internalOriginOf(loadConfig(baseConfig, NEEDED));
    expect([originOf("blog"), originOf("account")]).toEqual(["http://127.0.0.1:8001", "http://127.0.0.1:8006"]);
  });

  it("between services: by name, by port, or both", () => {
    expect(internalOriginOf({ INTERNAL_ORIGIN: "http://{app}:8000", PORTS: "" })("cart")).toBe("http://cart:8000");
    expect(internalOriginOf({ INTERNAL_ORIGIN: "http://{app}:{port}", PORTS: "cart=81,blog=82" })("blog")).toBe("http://blog:82");
  });
});

it("is told whole in the README's table, and nothing beside it", () => {
  const readme = readFileSync(join(import.meta.dirname, "../../README.md"), "utf8");
  const [, table = ""] = readme.split("| variable ");
  const told = [...table.matchAll(/^\| ([A-Z0-9_, ]+?) +\|/gm)].flatMap(([, names = ""]) => names.split(", "));
  expect(told.toSorted()).toEqual(Object.keys(baseConfig.shape).toSorted());
});

function write(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

function messageOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  return "";
}
