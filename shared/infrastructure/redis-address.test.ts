import { expect, it } from "vitest";
import { isRedisAddress, sentinelsOf } from "./redis-address.ts";

it.each([
  "redis://redis:6379",
  "rediss://:secret@cache.example:6380/1",
  "redis-sentinel://one,two:26380/cache",
  "redis-sentinel://u:p@one/cache",
])("knows %s for the address of a Redis", (url) => expect(isRedisAddress(url)).toBe(true));

it.each(["http://redis", "redis", "", "redis-sentinel://one:26379", "redis-sentinel:///cache", "redis-sentinel://one/two/three"])(
  "does not take %s for one",
  (url) => expect(isRedisAddress(url)).toBe(false),
);

it("reads sentinels, the name of the master and the login from one address", () => {
  expect(sentinelsOf("redis-sentinel://ada:b%40kery@one:26380,two/cache")).toMatchObject({
    sentinels: [
      { host: "one", port: 26_380 },
      { host: "two", port: 26_379 },
    ],
    name: "cache",
    ...{ username: "ada", password: "b@kery", sentinelUsername: "ada", sentinelPassword: "b@kery" },
  });
  expect(sentinelsOf("redis-sentinel://one/cache")).not.toHaveProperty("password");
  expect(sentinelsOf("redis://one:6379")).toBeNull();
});
