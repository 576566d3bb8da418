import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { APPS } from "../shared/models/apps.ts";
import { openTestApp, type TestApp } from "./app.ts";
import { aMember } from "./builders/publication.ts";
import { giveRole } from "./builders/roles.ts";
import { signedIn } from "./builders/signed-in.ts";

/** What stands where an address has a name or a number of something. */
const EXAMPLES: Readonly<Record<string, string>> = { relation: "shared.role", menu: "primary" };
const SAFE = new Set(["GET", "HEAD"]);

describe.each(APPS)("every address under /admin of %s", { timeout: 120_000 }, (name) => {
  let service: TestApp;
  beforeAll(async () => {
    service = await openTestApp(name, { seeded: true });
  });
  afterAll(() => service.close());

  /** "GET /admin 404", … for each route, asked with an empty form. */
  const answersTo = async (cookies: Record<string, string>) => {
    const routes = routesOf(service).filter(({ path }) => /^\/admin(\/|$)/.test(path));
    const answers = [];
    for (const { method, path } of routes) {
      const { statusCode } = await (SAFE.has(method) ? service.get(path, { cookies }) : service.post(path, {}, { cookies }));
      answers.push(`${method} ${path} ${statusCode}`);
    }
    expect(answers.length).toBeGreaterThan(10);
    return answers.filter((answer) => !answer.endsWith(" 404"));
  };

  it("is there for an admin of the site", async () => {
    const userId = await aMember(service.db, { handle: "nell" });
    await giveRole(service.db, userId, "admin", "site");
    const answers = await answersTo(await signedIn(service, name, userId));
    expect(answers).toEqual(
      expect.arrayContaining(["GET /admin 200", "GET /admin/relations/shared.role 200", "POST /admin/activities/1/retry 400"]),
    );
  });

  it("is one of nothing to a guest", async () => {
    expect(await answersTo({})).toEqual([]);
  });

  it("is one of nothing to a member without a right", async () => {
    expect(await answersTo(await signedIn(service, name, await aMember(service.db, { handle: "ida" })))).toEqual([]);
  });

  it("is one of nothing to a steward of another service", async () => {
    const userId = await aMember(service.db, { handle: "joe" });
    await giveRole(service.db, userId, "steward", name === "market" ? "cart" : "market");
    expect(await answersTo(await signedIn(service, name, userId))).toEqual([]);
  });
});

/** The routes of an app, from the tree that Fastify prints: four columns a level. */
function routesOf({ app }: TestApp): { method: string; path: string }[] {
  const above: string[] = [];
  return app
    .printRoutes({ commonPrefix: false })
    .split("\n")
    .flatMap((line) => {
      const [, indent = "", part = "", methods = ""] = /^([│ ]*)[├└]── (\S+) \((.*)\)$/.exec(line) ?? [];
      const depth = indent.length / 4;
      above.splice(depth, above.length, part === "/" ? "" : part.startsWith("/") ? part : `/${part}`);
      const path = above.join("").replace(/:(\w+)(\([^/]*\))?/g, (_all, param: string) => EXAMPLES[param] ?? "1");
      return methods.split(", ").map((method) => ({ method, path }));
    });
}
