import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { connectionsAtMost, connectionsOf } from "./connections.ts";

const stack = readFileSync(join(import.meta.dirname, "../../docker-compose.yml"), "utf8");

it("are those of the pool, one that listens, and one more where activities are handled or the timetable is kept", () => {
  expect([connectionsOf("blog", 5), connectionsOf("cart", 5), connectionsOf("account", 5)]).toEqual([7, 7, 8]);
});

it("fit into the stack's PostgreSQL beside those it reserves, also while every replica is replaced at once", () => {
  const [max, pool, replicas] = [/max_connections=(\d+)/, /DATABASE_POOL: "(\d+)"/, /REPLICAS:-(\d+)/].map((pattern) =>
    Number(pattern.exec(stack)?.[1]),
  );
  const reserved = 3; // superuser_reserved_connections as PostgreSQL comes
  expect(connectionsAtMost({ pool: pool ?? Number.NaN, replicas: replicas ?? Number.NaN })).toBeLessThanOrEqual((max ?? 0) - reserved);
});
