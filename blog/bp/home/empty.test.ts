import { afterAll, expect, it } from "vitest";
import { openTestApp } from "../../../tests/app.ts";

const blog = await openTestApp("blog");
afterAll(() => blog.close());

it("greets and says what will be here before anything is written", async () => {
  const page = await blog.get("/");
  expect(page.statusCode).toBe(200);
  expect(page.body).toContain("Nothing has been written yet");
});
