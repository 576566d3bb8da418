import { readFileSync } from "node:fs";
import { join } from "node:path";
import { baseConfig } from "@rose-ash/shared/infrastructure/config.ts";
import { expect, it } from "vitest";
import { schema } from "./schema.ts";

it("is told whole in the README's table of blog, beside what all six read", () => {
  const readme = readFileSync(join(import.meta.dirname, "../../README.md"), "utf8");
  const [, , table = ""] = readme.split("| variable ");
  const told = [...table.matchAll(/^\| ([A-Z_, ]+?) +\|/gm)].flatMap(([, names = ""]) => names.split(", "));
  expect(told.toSorted()).toEqual(
    Object.keys(schema.shape)
      .filter((name) => !(name in baseConfig.shape))
      .toSorted(),
  );
});

it("takes an empty text for what is not set, and refuses a key that is none", () => {
  const { GHOST_URL, GHOST_ADMIN_KEY } = schema.shape;
  expect([GHOST_URL.parse(""), GHOST_ADMIN_KEY.parse(undefined)]).toEqual([undefined, undefined]);
  expect(GHOST_ADMIN_KEY.safeParse("abc").success).toBe(false);
});
