import { expect, it } from "vitest";
import { openBoth } from "./templating.ts";

it("compares a page of the site's that both render alike", async () => {
  const { page } = await openBoth();
  expect(page.length).toBeGreaterThan(8_000);
});
