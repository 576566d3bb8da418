import { get } from "node:http";
import type { AddressInfo } from "node:net";
import type { UserId } from "@rose-ash/shared/models/ids.ts";
import { sql } from "drizzle-orm";
import { afterAll, expect, it } from "vitest";
import { signedIn } from "./builders/signed-in.ts";
import { openTestSite } from "./site.ts";

/** An open page hears of what happens in another process. */
const site = await openTestSite(["federation"], { replicas: 2, isServing: true });
afterAll(() => site.close());

it("is told within a moment by whichever replica wrote the notification, and nobody else's page is", { timeout: 60_000 }, async () => {
  const [first, second] = site.replicas("federation");
  if (first === undefined || second === undefined) return expect.fail();
  const { rows } = await site.db.execute<{ id: string; handle: string }>(
    sql`select id, handle from users where handle in ('ada', 'bilal') order by handle`,
  );
  const [ada, ben] = rows.map(({ id }) => Number(id) as UserId);
  if (ada === undefined || ben === undefined) return expect.fail();
  const open = async (userId: UserId) => {
    const cookies = await signedIn({ app: first, services: first.services } as Parameters<typeof signedIn>[0], "federation", userId);
    const cookie = Object.entries(cookies)
      .map(([name, value]) => `${name}=${value}`)
      .join("; ");
    const { port } = first.server.address() as AddressInfo; // it listens on TCP
    const heard: string[] = [];
    const host = new URL(site.url("federation", "")).host;
    const request = get({ host: "127.0.0.1", port, path: "/notifications/stream", headers: { host, cookie, accept: "text/event-stream" } });
    const status = await new Promise<number>((resolve, reject) => {
      request.on("error", reject);
      request.on("response", (response) => {
        response
          .setEncoding("utf8")
          .on("data", (chunk: string) => void heard.push(chunk))
          .on("error", () => undefined);
        resolve(response.statusCode ?? 0);
      });
    });
    return { heard, status, close: () => request.destroy() };
  };
  const [adas, bens] = [await open(ada), await open(ben)];
  expect([adas.status, bens.status]).toEqual([200, 200]);
  const cy = "https://theirs.example/users/cy";
  await second.transaction((tx) =>
    second.services.notifications.notify(tx, {
      userId: ada,
      kind: "follow",
      actor: cy,
      object: second.fediverse.actors.ofMember("ada").uri,
    }),
  );
  await expect.poll(() => adas.heard.join(""), { timeout: 20_000 }).toContain("event: changed");
  expect(bens.heard.join("")).not.toContain("event: changed");
  adas.close();
  bens.close();
});
