import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestApp } from "../../../tests/app.ts";
import { signedIn } from "../../../tests/builders/signed-in.ts";
import { aReader, aStatus } from "../../../tests/builders/statuses.ts";

const site = await openTestApp("federation");
afterAll(() => site.close());
const ada = await aReader(site, "ada");
const bo = await aReader(site, "bo");
const asAda = { cookies: await signedIn(site, "federation", ada.userId) };
const asBo = { cookies: await signedIn(site, "federation", bo.userId) };
const PROFILE = { name: "Ada", bio: "", locked: "no" };
const found = async (words: string) => {
  const page = await site.services.statuses.listFound(words, bo, null);
  return page.lines.map(({ status }) => status.html.replace(/<[^>]*>/g, ""));
};

describe("finding posts by words", { timeout: 60_000 }, () => {
  beforeAll(async () => {
    for (const text of ["Rye loaves <b>today</b> at the oven", "Oats, no rye, at the mill"]) await aStatus(site, ada, { text });
    await aStatus(site, ada, { text: "Rye for my followers", visibility: "followers" });
    await aStatus(site, ada, { text: "Rye for you alone", visibility: "direct" });
    await aStatus(site, bo, { text: "Rye of somebody who did not say yes" });
  });

  it("is for the author to allow: nobody's posts are found who said nothing", async () => {
    expect(await found("rye")).toEqual([]);
    expect((await site.post("/settings/profile", { ...PROFILE, findable: "yes" }, asAda)).statusCode).toBe(303);
    expect(await found("rye")).toEqual(["Oats, no rye, at the mill", "Rye loaves &lt;b&gt;today&lt;/b&gt; at the oven"]);
    const actor = await site.get("/ap/members/ada", { headers: { accept: "application/activity+json" } });
    expect(actor.json()).toMatchObject({ discoverable: true, indexable: true });
    expect((await site.get("/settings/profile", asAda)).body).toMatch(/value="yes"[^>]*checked/);
  });

  it.each([
    ["all of the words", "oven rye", 1],
    ["words in another form", "mills", 1],
    ["one after the other", '"rye loaves"', 1],
    ["not one after the other", '"loaves rye"', 0],
    ["without a word", "rye -oats", 1],
    ["nothing", " ", 0],
    ["what is no word", "& | ! ( :*", 0],
    ["what no text can hold", "rye\u0000\ud800", 2],
    ["markup, as the text that it is,", "<b>", 1],
    ["very much", "rye ".repeat(300), 2],
  ])("takes %s as people type it", async (_what, words, count) => {
    expect(await found(words)).toHaveLength(count);
  });

  it("stands on a page, with what was typed as text and a way to people and tags", async () => {
    const { body } = await site.get(`/found?q=${encodeURIComponent('rye "><script>')}`, asBo);
    expect(body).not.toContain("<script>rye");
    expect(body).toContain("&#34;&gt;&lt;script&gt;");
    expect((await site.get("/found?q=rye", asBo)).body).toContain("Rye loaves");
    expect((await site.get("/found?q=rye")).body).toContain("Rye loaves"); // a guest's
    expect((await site.get("/found")).body).toContain("What are you looking for?");
    await aStatus(site, ada, { text: "With a tag #ryebread" });
    const people = (await site.get("/people?q=rye", asBo)).body;
    expect(people).toContain('href="/found?q=rye"');
    expect(people).toContain('href="/tags/ryebread"');
  });

  it("goes on where the page before ended, with the words", async () => {
    for (let n = 0; n < 45; n++) await aStatus(site, ada, { text: `Spelt, batch ${n}` });
    const first = (await site.get("/found?q=spelt", asBo)).body;
    const [, older] = /href="(\/found\?q=spelt&amp;before=[^"]+)"/.exec(first) ?? [];
    const second = (await site.get((older ?? "").replaceAll("&amp;", "&"), asBo)).body;
    expect(first).toContain("batch 44");
    expect(second).not.toContain("batch 44");
    expect(second).toContain("batch 2");
  });

  it("ends with the yes: what was found is found no more", async () => {
    await site.post("/settings/profile", { ...PROFILE, findable: "no" }, asAda);
    expect(await found("rye")).toEqual([]);
  });
});
