import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openTestApp, type TestApp } from "../../../tests/app.ts";
import type { ProofView, RelationHandle } from "../../contracts/relations.ts";
import { auditEntries } from "../../models/audit.ts";
import type { UserId } from "../../models/ids.ts";
import { relationFacts } from "../../models/relation-facts.ts";
import { grantAdmin } from "./grant-admin.ts";

const ROLE: RelationHandle<{ user: UserId; role: string; scope: string }> = {
  relation: "shared.role",
  columns: { user: "user", role: "text", scope: "text" },
};

let blog: TestApp;
let people: Record<string, UserId>;

beforeAll(async () => {
  blog = await openTestApp("blog", { seeded: true });
  people = Object.fromEntries((await blog.services.identity.listPeople()).map(({ handle, userId }) => [handle, userId]));
});
beforeEach(async () => {
  await blog.db.delete(relationFacts);
  await grant("ada", "admin", "site");
  await grant("bilal", "steward", "blog");
});
afterAll(() => blog.close());

describe("asserting", () => {
  const under = { relation: "blog.under", values: ["post:1", "page:1"], reason: "It belongs to the bakery", expiresAt: null };

  it("is for those whom the relation names, and is audited with reason, before and after", async () => {
    expect(await assert("bilal", under)).toEqual({ kind: "asserted" });
    expect(await assert("bilal", { ...under, reason: "It really does" })).toEqual({ kind: "asserted" });
    const entries = await blog.db.select().from(auditEntries).orderBy(auditEntries.id);
    expect(entries.slice(-2)).toMatchObject([
      {
        app: "blog",
        actor: `user:${people["bilal"]}`,
        action: "assert",
        subject: 'blog.under("post:1","page:1")',
        before: null,
        after: { reason: "It belongs to the bakery" },
      },
      {
        action: "assert",
        reason: "It really does",
        before: { reason: "It belongs to the bakery" },
        after: { reason: "It really does", expiresAt: null },
      },
    ]);
  });

  it("is refused to members, to stewards of another service, and for relations that nobody may assert", async () => {
    await grant("efua", "steward", "market");
    expect(await assert("grace", under)).toEqual({ kind: "not-yours" });
    expect(await assert("efua", under)).toEqual({ kind: "not-yours" });
    expect(await assert("ada", { ...under, relation: "blog.author", values: ["user:3", "post:1"] })).toEqual({ kind: "not-yours" });
    expect(await assert("bilal", { ...under, relation: "shared.role", values: ["user:3", "editor", "blog"] })).toEqual({
      kind: "not-yours",
    });
  });

  it("is never about oneself, by a group one is in neither", async () => {
    const role = { relation: "shared.role", reason: "Because I can", expiresAt: null };
    expect(await assert("ada", { ...role, values: [`user:${people["ada"]}`, "editor", "blog"] })).toEqual({ kind: "about-oneself" });
    const group = { relation: "shared.group_role", reason: "Because we can", expiresAt: null };
    expect(await assert("ada", { ...group, values: ["coop", "admin", "site"] })).toEqual({ kind: "about-oneself" });
    expect(await assert("ada", { ...group, values: ["bakers", "editor", "blog"] })).toEqual({ kind: "asserted" });
  });

  it("takes a reason, values that can be read, and an end that has not come", async () => {
    expect(await assert("bilal", { ...under, reason: "  x " })).toMatchObject({ kind: "malformed" });
    expect(await assert("bilal", { ...under, values: ["post:1"] })).toMatchObject({ kind: "malformed" });
    expect(await assert("bilal", { ...under, values: ["post:1", "a\u0000b"] })).toMatchObject({ kind: "malformed" });
    expect(await assert("bilal", { ...under, values: ["post:1", " page:1"] })).toMatchObject({ kind: "malformed" });
    expect(await assert("bilal", { ...under, expiresAt: new Date(Date.now() - 1_000) })).toMatchObject({ kind: "malformed" });
  });

  it("can't be done by somebody whose right was taken in the same moment", async () => {
    await blog.app.transaction(async (tx) => {
      await tx.delete(relationFacts);
      expect(await blog.services.relations.assertFact(tx, person("bilal"), under)).toEqual({ kind: "not-yours" });
    });
  });
});

describe("taking back", () => {
  const under = { relation: "blog.under", values: ["post:1", "page:1"] };

  it("takes one assertion, and leaves what somebody else said", async () => {
    await assert("bilal", { ...under, reason: "It belongs there", expiresAt: null });
    await assert("ada", { ...under, reason: "I think so too", expiresAt: null });
    const retraction = { ...under, reason: "Changed my mind", assertedBy: `user:${people["bilal"]}` };
    expect(await retract("bilal", retraction)).toEqual({ kind: "retracted" });
    expect(await retract("bilal", retraction)).toEqual({ kind: "not-asserted" });
    const { tuple, proof } = await blog.services.relations.getFactPage(person("ada"), under);
    expect(tuple.assertions.map(({ by }) => by.name)).toEqual(["Ada Marlowe"]);
    expect(proof).toMatchObject({ because: "asserted", source: "Ada Marlowe" });
  });

  it("of a right is honoured by the next question", async () => {
    const { relations } = blog.services;
    expect(await relations.may(person("bilal"), "operate", "blog")).toBe(true);
    const role = { relation: "shared.role", values: [`user:${people["bilal"]}`, "steward", "blog"] };
    expect(await retract("ada", { ...role, reason: "Stepped down", assertedBy: "app:account" })).toEqual({ kind: "retracted" });
    expect(await relations.may(person("bilal"), "operate", "blog")).toBe(false);
  });
});

describe("the log", () => {
  it("can't be changed, not even by SQL", async () => {
    await assert("bilal", { relation: "blog.under", values: ["post:1", "page:1"], reason: "It belongs there", expiresAt: null });
    const changes = ["update audit_entries set reason = ''", "delete from audit_entries", "truncate audit_entries"];
    for (const change of changes)
      await expect(blog.db.execute(change)).rejects.toMatchObject({ cause: { message: "audit_entries is append-only" } });
  });

  it("is found again by service, person, action and words, newest first, in pages", async () => {
    for (let n = 1; n <= 35; n++)
      await assert("bilal", {
        relation: "blog.under",
        values: [`post:${n}`, "page:2"],
        reason: `100% sure of number ${n}`,
        expiresAt: null,
      });
    const filter = { app: "blog", by: person("bilal"), action: "assert", words: "100% sure" } as const;
    const [first, second] = [await blog.services.audit.listEntries(filter, 1), await blog.services.audit.listEntries(filter, 2)];
    expect(first).toMatchObject({ page: 1, pageCount: 2 });
    expect(first.entries[0]).toMatchObject({ actorName: "Bilal Rahman", reason: "100% sure of number 35" });
    expect(second.entries.map(({ reason }) => reason)).toContain("100% sure of number 1");
    expect((await blog.services.audit.listEntries({ ...filter, words: "100_ sure" }, 1)).entries).toEqual([]);
    expect((await blog.services.audit.listEntries({ ...filter, app: "cart" }, 1)).entries).toEqual([]);
  });
});

describe("a proof", () => {
  it("names people and things, and says of each fact who states it and of each step by which rule", async () => {
    const { proof } = await blog.services.relations.getFactPage(person("ada"), {
      relation: "shared.can",
      values: [`user:${people["bilal"]}`, "operate", "blog"],
    });
    expect(proof?.words).toBe("Bilal Rahman may operate in blog");
    expect(proof?.rule).toContain("can(U, A, S)");
    const steps = [...allOf(proof)];
    expect(steps).toContainEqual(
      expect.objectContaining({ words: "Bilal Rahman is steward in blog", because: "asserted", source: "the account service" }),
    );
    expect(steps).toContainEqual(expect.objectContaining({ because: "projected", source: "members of the co-operative" }));
    expect(steps).toContainEqual(expect.objectContaining({ because: "program", words: "whoever is steward may operate" }));
    expect(steps).toContainEqual(
      expect.objectContaining({ because: "absent", words: "nothing says that Bilal Rahman may not operate in blog" }),
    );
  });

  it("goes on into what is kept whole", async () => {
    await assert("ada", { relation: "blog.under", values: ["post:1", "page:1"], reason: "It belongs there", expiresAt: null });
    await assert("ada", { relation: "blog.under", values: ["page:1", "house"], reason: "It belongs there", expiresAt: null });
    await assert("ada", {
      relation: "blog.editor",
      values: [`user:${people["bilal"]}`, "house"],
      reason: "Edits the house",
      expiresAt: null,
    });
    const { proof } = await blog.services.relations.getFactPage(person("ada"), {
      relation: "blog.editor",
      values: [`user:${people["bilal"]}`, "post:1"],
    });
    const rules = [...allOf(proof)].map(({ rule }) => rule);
    expect(rules).toContain("under(P, Q) :- under(P, R), under(R, Q).");
  });

  it("is cut to what the viewer may see", async () => {
    await assert("ada", {
      relation: "shared.member",
      values: [`user:${people["grace"]}`, "bakers"],
      reason: "Joined in May",
      expiresAt: null,
    });
    await assert("ada", { relation: "blog.tier", values: ["post:1", "bakers"], reason: "For bakers only", expiresAt: null });
    const fact = { relation: "blog.readable", values: [`user:${people["grace"]}`, "post:1"] };
    const whole = [...allOf((await blog.services.relations.getFactPage(person("ada"), fact)).proof)];
    expect(whole.map(({ words }) => words)).toContain("Grace Liang belongs to bakers");
    const cut = [...allOf((await blog.services.relations.getFactPage(person("bilal"), fact)).proof)];
    expect(cut.map(({ because }) => because)).toContain("cut");
    expect(JSON.stringify(cut)).not.toContain("belongs to bakers");
  });

  it("of what does not hold says what each rule lacks, and nothing of what the viewer may not see", async () => {
    const fact = { relation: "blog.under", values: ["post:1", "page:1"] };
    const { proof, failed } = await blog.services.relations.getFactPage(person("bilal"), fact);
    expect(proof).toBeNull();
    expect(failed).toHaveLength(1);
    expect(failed[0]?.missing).toContain("lies under some whole");
    const hidden = await blog.services.relations.getFactPage(person("bilal"), { relation: "blog.readable", values: ["user:99", "post:1"] });
    expect(JSON.stringify(hidden.failed)).not.toContain("belongs to");
  });

  it("is nothing to those who may not see the relation", async () => {
    const fact = { relation: "shared.role", values: [`user:${people["ada"]}`, "admin", "site"] };
    await expect(blog.services.relations.getFactPage(person("bilal"), fact)).rejects.toMatchObject({ code: "not-found" });
    expect((await blog.services.relations.listRelations(person("bilal"))).map(({ fullName }) => fullName)).not.toContain("shared.role");
  });
});

describe("the first admin", () => {
  it("is made by the operator, with a reason, once, and in the log", async () => {
    await blog.db.delete(relationFacts);
    expect(await blog.db.transaction((tx) => grantAdmin(tx, "grace", "Elected in May"))).toBe("Grace Liang is an admin now");
    expect(await blog.db.transaction((tx) => grantAdmin(tx, "grace", "Elected in May"))).toBe("Grace Liang is an admin already");
    expect(await blog.services.relations.may(person("grace"), "grant-roles", "site")).toBe(true);
    const { entries } = await blog.services.audit.listEntries({ app: "account", by: null, action: "assert", words: "Elected in May" }, 1);
    expect(entries).toHaveLength(1);
    await expect(blog.db.transaction((tx) => grantAdmin(tx, "nobody", "Elected in May"))).rejects.toThrow('no member is called "nobody"');
    await expect(blog.db.transaction((tx) => grantAdmin(tx, "grace", ""))).rejects.toThrow("say why");
  });
});

describe("the holders of a role", () => {
  const holders = () => blog.db.transaction((tx) => blog.services.relations.listHolders(tx, "steward", "blog"));

  it("have it by a grant, by a role that implies it, by the whole the place lies in, or by a group", async () => {
    await grant("efua", "steward", "market");
    await blog.db.insert(relationFacts).values([
      { relation: "shared.group_role", arguments: ["bakers", "steward", "site"], assertedBy: "app:account" },
      { relation: "shared.member", arguments: [`user:${people["grace"]}`, "bakers"], assertedBy: "app:account" },
      { relation: "shared.role", arguments: ["bakers", "steward", "blog"], assertedBy: "app:account" },
    ]);
    expect(new Set(await holders())).toEqual(new Set(["ada", "bilal", "grace"].map(person)));
  });

  it("are as the asking transaction sees them", async () => {
    await blog.db.transaction(async (tx) => {
      await tx.delete(relationFacts);
      expect(await blog.services.relations.listHolders(tx, "steward", "blog")).toEqual([]);
      expect((await holders()).length).toBeGreaterThan(0); // as another transaction does
    });
  });

  it("are found among ten thousand members and more: nobody else is looked at", async () => {
    await blog.db.execute("insert into users (handle, name) select 'm' || n, 'M' from generate_series(1, 11000) n");
    await blog.db
      .insert(relationFacts)
      .values({ relation: "shared.group_role", arguments: ["coop", "editor", "site"], assertedBy: "app:account" });
    expect(new Set(await holders())).toEqual(new Set(["ada", "bilal"].map(person)));
  });
});

describe("typed rows", () => {
  it("have ids without their kind, for any column that is given", async () => {
    const { relations } = blog.services;
    const rows = await relations.list(ROLE, { user: person("bilal") });
    expect(rows).toContainEqual({ user: people["bilal"], role: "steward", scope: "blog" });
    expect(rows).toContainEqual({ user: people["bilal"], role: "editor", scope: "blog" });
    const stewards = await relations.list(ROLE, { role: "steward", scope: "blog" });
    expect(stewards.map(({ user }) => user)).toEqual(expect.arrayContaining([people["ada"], people["bilal"]]));
    expect(await relations.listRoles(person("grace"))).toEqual([]);
  });
});

function person(handle: string): UserId {
  const userId = people[handle];
  if (userId === undefined) throw new Error(`nobody is called ${handle}`);
  return userId;
}

async function grant(handle: string, role: string, scope: string): Promise<void> {
  await blog.db
    .insert(relationFacts)
    .values({ relation: "shared.role", arguments: [`user:${people[handle]}`, role, scope], assertedBy: "app:account" });
}

type Service = TestApp["services"]["relations"];

function assert(handle: string, assertion: Parameters<Service["assertFact"]>[2]) {
  return blog.app.transaction((tx) => blog.services.relations.assertFact(tx, person(handle), assertion));
}

function retract(handle: string, retraction: Parameters<Service["retractFact"]>[2]) {
  return blog.app.transaction((tx) => blog.services.relations.retractFact(tx, person(handle), retraction));
}

function* allOf(proof: ProofView | null): Generator<ProofView> {
  if (proof === null) return;
  yield proof;
  for (const premise of proof.premises) yield* allOf(premise);
}
