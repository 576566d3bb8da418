import { expect, it } from "vitest";
import { openTestApp } from "../../../tests/app.ts";

it("is at no address where no Ghost is configured", { timeout: 60_000 }, async () => {
  const blog = await openTestApp("blog");
  const headers = { host: new URL(blog.origin).host, "content-type": "application/json" };
  const answer = await blog.app.inject({ method: "POST", url: "/webhooks/ghost", payload: '{"event":"site.changed"}', headers });
  expect(answer.statusCode).toBe(404);
  expect((await blog.get("/admin/ghost")).statusCode).toBe(404);
  await blog.close();
});
