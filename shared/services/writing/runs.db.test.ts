import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestApp } from "../../../tests/app.ts";
import { aMember, aPage } from "../../../tests/builders/publication.ts";
import type { PageId, PostId, UserId } from "../../models/ids.ts";

const blog = await openTestApp("blog");
const { db, services } = blog;
const { writing } = services;
const { transaction } = blog.app;
let [ada, bilal]: UserId[] = [];
let id: PostId;

beforeAll(async () => {
  ada = await aMember(db, { handle: "ada", name: "Ada" });
  bilal = await aMember(db, { handle: "bilal", name: "Bilal" });
});
afterAll(() => blog.close());

const words = (said: string) => ({ document: null, html: `<p>${said}</p>`, plaintext: said });
const kept = async () =>
  (await db.execute<{ version: number }>(sql`select version from revisions where post_id = ${id} order by version`)).rows.map(
    ({ version }) => version,
  );

async function begin(): Promise<void> {
  const made = await transaction((tx) => writing.createPost(tx, { by: ada ?? null, settings: { title: "On runs" }, text: words("") }));
  id = made.kind === "created" ? made.id : expect.fail(made.kind);
}

/** What the editor does after each pause, or a person by hand. */
async function save(said: string, by = ada, how: "by itself" | "by hand" = "by itself"): Promise<void> {
  const expectedVersion = (await writing.findPost(id))?.version ?? 0;
  await transaction(async (tx) => {
    const result = await writing.savePost(tx, { id, expectedVersion, by: by ?? null, text: words(said) });
    if (result.kind !== "saved") expect.fail(result.kind);
    if (how === "by itself") await writing.joinRun(tx, { kind: "post", id }, result.version);
  });
}

const minutesPass = (minutes: number) =>
  db.execute(sql`
    update revisions set saved_at = saved_at - make_interval(mins => ${minutes}), run_began_at = run_began_at - make_interval(mins => ${minutes})
    where post_id = ${id}`);

describe("what the editor saves by itself", () => {
  it("is one version of the history while one person writes, beside what there was before", async () => {
    await begin();
    for (const said of ["Rye", "Rye and", "Rye and water"]) await save(said);
    expect(await kept()).toEqual([1, 4]);
    expect(await writing.findPost(id)).toMatchObject({ version: 4, savedBy: "Ada", text: { plaintext: "Rye and water" } });
    expect((await writing.getRevision({ kind: "post", id }, 4)).text.html).toBe("<p>Rye and water</p>");
  });

  it("is another version ten minutes after the run began, however steadily somebody writes", async () => {
    await begin();
    await save("One");
    await minutesPass(6);
    await save("One two");
    await minutesPass(6);
    await save("One two three");
    await save("One two three four");
    expect(await kept()).toEqual([1, 3, 5]);
  });

  it("never takes the place of what somebody else wrote, or of what was saved by hand", async () => {
    await begin();
    await save("Ada’s");
    await save("Bilal’s", bilal);
    await save("Ada’s again");
    await save("Ada’s, by hand", ada, "by hand");
    await save("Ada’s, later");
    expect(await kept()).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it("keeps what stood there before somebody deleted more than a few sentences", async () => {
    await begin();
    await save("A long text. ".repeat(40));
    await save("A long text. ".repeat(38)); // a sentence less
    await save("");
    await save("Begun anew");
    expect(await kept()).toEqual([1, 3, 5]);
    expect((await writing.getRevision({ kind: "post", id }, 3)).text.html).toContain("A long text.");
  });

  it.each([
    ["saved by hand with nothing new", (tx: Parameters<typeof writing.endRun>[0]) => writing.endRun(tx, { kind: "post", id })],
    ["made public", (tx) => writing.publish(tx, { kind: "post", id }, { by: null, at: null })],
    ["scheduled", (tx) => writing.schedule(tx, id, new Date(Date.now() + 60_000))],
    [
      "published when it was due",
      async (tx) => {
        await tx.execute(sql`update posts set status = 'scheduled', published_at = now() - interval '1 minute' where id = ${id}`);
        await writing.publishDue(tx, new Date());
      },
    ],
  ] satisfies [string, (tx: Parameters<typeof writing.endRun>[0]) => Promise<unknown>][])("stays once it was %s", async (_what, act) => {
    await begin();
    await save("Before");
    await transaction(async (tx) => void (await act(tx)));
    await transaction(async (tx) => void (await writing.unpublish(tx, { kind: "post", id }, null)));
    await save("After");
    expect(await kept()).toEqual([1, 2, 3]);
  });

  it("is one version of a page as well", async () => {
    const page: PageId = await aPage(db, { path: "about", status: "draft" });
    for (const [before, said] of ["One", "One two"].entries()) {
      await transaction(async (tx) => {
        await writing.savePage(tx, { id: page, expectedVersion: before + 1, by: ada ?? null, text: words(said) });
        await writing.joinRun(tx, { kind: "page", id: page }, before + 2);
      });
    }
    expect((await writing.listRevisions({ kind: "page", id: page })).map(({ version }) => version)).toEqual([3, 1]);
  });
});
