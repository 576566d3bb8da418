import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { aGhostExport } from "../../../../tests/builders/ghost-export.ts";
import { lexicalOf } from "../../../../tests/fake-ghost/index.ts";
import type { ExportedPiece } from "./exported-piece.ts";
import { documentOfMobiledoc } from "./mobiledoc.ts";
import { readExport } from "./read-export.ts";

const run = promisify(execFile);

async function piecesOf(text: string | Buffer): Promise<ExportedPiece[]> {
  const read = await readExport(Buffer.from(text));
  if (read.kind === "refused") throw new Error(read.message);
  return [...read.file.pieces];
}
const wordsFor = async (text: string | Buffer) => {
  const read = await readExport(Buffer.from(text));
  return read.kind === "refused" ? read.message : "taken";
};

describe("a file that Ghost exported", () => {
  it("is read with its tags and authors in their order, and with what another table says of the picture", async () => {
    const file = aGhostExport();
    const id = file.post({ title: "Rye", feature_image: "__GHOST_URL__/content/images/2020/01/rye.png" });
    file.data["posts_meta"]?.push({ post_id: id, feature_image_alt: "A loaf", feature_image_caption: "By <b>Ada</b>" });
    for (const name of ["Baking", "#secret", "Rye"]) file.tag(name, id);
    file.author({ name: "Ada Marlowe", email: "Ada@rose-ash.test" }, id);
    const [piece] = await piecesOf(file.bytes());
    expect(piece).toMatchObject({ kind: "post", ghostId: id, trouble: null, notes: [] });
    expect(piece?.piece?.tags.map(({ name }) => name)).toEqual(["Baking", "#secret", "Rye"]);
    expect(piece?.piece?.authors).toMatchObject([{ name: "Ada Marlowe", email: "Ada@rose-ash.test" }]);
    expect(piece?.piece).toMatchObject({ feature_image_alt: "A loaf", status: "published", published_at: "2020-01-02T10:00:00.000Z" });
  });

  it("may be of an age that wrote no db around it, numbers for ids, a flag for pages and other dates", async () => {
    const post = {
      id: 7,
      uuid: "B71939E1-d8ca-4c74-95de-d1fe886183d4",
      title: "Old",
      slug: "old",
      markdown: "**Rye**",
      page: 1,
      status: "published",
    };
    const [piece] = await piecesOf(
      JSON.stringify({
        meta: { version: "003" },
        data: { posts: [{ ...post, published_at: 1_400_000_000_000, updated_at: "2014-05-14 10:00:00" }] },
      }),
    );
    expect(piece).toMatchObject({ kind: "page", ghostId: "b71939e1-d8ca-4c74-95de-d1fe886183d4", notes: ["It was written in Markdown."] });
    expect(piece?.piece).toMatchObject({ published_at: "2014-05-13T16:53:20.000Z", updated_at: "2014-05-14T10:00:00.000Z" });
    expect(JSON.parse(piece?.piece?.lexical ?? "").root.children).toEqual([{ type: "markdown", version: 1, markdown: "**Rye**" }]);
  });

  it("says what does not come along, and gives paths of files their site's place", async () => {
    const file = aGhostExport("4.0.0");
    file.post({
      codeinjection_head: "<script>alert(1)</script>",
      custom_template: "wide",
      status: "sent",
      lexical: null,
      html: `<img src="/content/images/a.png">`,
    });
    const [piece] = await piecesOf(file.bytes());
    expect(piece?.notes).toEqual([
      "It was only mailed: it comes as a draft.",
      "Its injected code does not come along.",
      "Its template of a theme does not come along.",
    ]);
    expect(piece?.piece?.html).toBe(`<img src="__GHOST_URL__/content/images/a.png">`);
    expect(JSON.stringify(piece?.piece)).not.toContain("alert(1)");
  });

  it("keeps the pieces that can be read when one can't", async () => {
    const file = aGhostExport();
    file.post({ title: 7 });
    file.post({ title: "Fine" });
    file.post({ title: "Nul\0", lexical: lexicalOf("x") });
    const broken = file.json().replace('"title":"Fine"', '"title":"Fine","x":tru');
    expect((await piecesOf(broken)).map(({ trouble }) => trouble)).toEqual([
      "It is not as Ghost writes a post: title.",
      "It is not as Ghost writes a post.",
      "There is a character in it that can't be kept.",
    ]);
    expect((await piecesOf(file.bytes()))[1]).toMatchObject({ title: "Fine", trouble: null });
    const { id: _id, uuid: _uuid, ...nameless } = file.data["posts"]?.[1] ?? {};
    expect((await piecesOf(JSON.stringify({ data: { posts: [nameless] } })))[0]?.trouble).toContain("Nothing in the file names it");
  });

  it.each([
    ["", "The file is empty."],
    ["PK\x03\x04 and so on", "It is a zip file."],
    [Buffer.from([0x1f, 0x8b, 8, 0]), "It is a gzip file."],
    ["<?xml version='1.0'?><rss/>", "It is HTML or XML"],
    ["\ufeff<!doctype html>", "It is HTML or XML"],
    ["email,name\nada@rose-ash.test,Ada", "It is not the JSON that Ghost exports"],
    ['{"db":[{"data":{"posts":[{"id":"', "It is no whole JSON"],
    ['{"db":[{"data":{"posts":[{}]}]}', "It is no whole JSON"],
    ['{"db":[]}', "no export of Ghost"],
    ['{"db":[{"data":{"posts":[]}}]}', "no export of Ghost"],
    ['{"posts":[{"id":"x"}]}', "no export of Ghost"],
    [`{"a":${"[".repeat(5_000_000)}`, "It is no whole JSON"],
    [Buffer.from('{"data":{"posts":[]}}', "utf16le"), "It is not written as UTF-8"],
  ])("is refused in words when it is none: %#", async (text, words) => {
    expect(await wordsFor(text)).toContain(words);
  });

  it("of many megabytes is looked through in a second or two, one row in memory at a time", async () => {
    const file = aGhostExport();
    const html = `<p>${'Rye \\"needs\\" a night. '.repeat(400)}</p>`;
    for (let number = 0; number < 2000; number++) file.post({ title: `Loaf ${number}`, html, plaintext: html, lexical: null });
    const bytes = file.bytes();
    expect(bytes.length).toBeGreaterThan(20_000_000);
    const began = performance.now();
    const read = await readExport(bytes);
    let count = 0;
    for (const { trouble } of read.kind === "read" ? read.file.pieces : []) {
      expect(trouble).toBeNull();
      count++;
    }
    expect(count).toBe(2000);
    expect(performance.now() - began).toBeLessThan(10_000);
  });
});

/** In a process that has as little memory as a small server's: what is left of a file of one post and this table. */
async function readInLittleMemory(table: string, rows: string): Promise<unknown> {
  const bytes = `Buffer.from('{"data":{"posts":[{"id":"${"a".repeat(24)}","title":"Rye"}],"${table}":[' + ${rows} + "]}}")`;
  const reader = new URL("./read-export.ts", import.meta.url).href;
  const code = `const { readExport } = await import(${JSON.stringify(reader)});
    const read = await readExport(${bytes});
    console.log(JSON.stringify(read.kind === "read" ? [...read.file.pieces].map(({ title }) => title) : read.message));`;
  const { stdout } = await run(process.execPath, ["--max-old-space-size=64", "--input-type=module", "-e", code]);
  return JSON.parse(stdout);
}

describe("a small file that has millions of rows", { timeout: 60_000 }, () => {
  const empty = '"{},".repeat(4_000_000) + "{}"';

  it("in a table that nobody reads is taken: they cost no memory", async () => {
    expect(await readInLittleMemory("sessions", empty)).toEqual(["Rye"]);
  });

  it.each(["posts_tags", "tags", "users", "posts_meta", "posts"])("in %s is refused in words", async (table) => {
    expect(await readInLittleMemory(table, empty)).toBe(
      "It has more than 200,000 rows of posts, tags and authors; that many at once are taken.",
    );
  });

  it("or one row that has as much in it is taken without that row", async () => {
    expect(await readInLittleMemory("tags", `'{"x":[' + ${empty} + "]}"`)).toEqual(["Rye"]);
    expect(await readInLittleMemory("posts", `'{"id":"b","x":[' + ${empty} + "]}"`)).toEqual(["Rye", ""]);
  });

  it("holds nobody else up while it is looked through", async () => {
    const bytes = Buffer.from(
      `{"data":{"posts":[{"id":"a"}],"tags":[${"{},".repeat(190_000)}{}],"sessions":[${"{},".repeat(8_000_000)}{}]}}`,
    );
    let [longest, last] = [0, performance.now()];
    const beat = setInterval(() => {
      longest = Math.max(longest, performance.now() - last);
      last = performance.now();
    }, 5);
    expect((await readExport(bytes)).kind).toBe("read");
    clearInterval(beat);
    expect(last).toBeGreaterThan(0);
    expect(longest).toBeLessThan(500);
  });
});

describe("a text of Ghost's old editor", () => {
  const mobiledoc = {
    version: "0.3.1",
    atoms: [["soft-return", "", {}]],
    cards: [
      ["image", { src: "/content/images/a.png", caption: "A loaf" }],
      ["code", { code: "let x", language: "js" }],
      ["hr", {}],
      ["hologram", { depth: 3, type: "paragraph", children: [] }],
    ],
    markups: [["em"], ["strong"], ["a", ["href", "https://rye.example/", "rel", "noopener"]]],
    sections: [
      [1, "h2", [[0, [], 0, "Rye"]]],
      [
        1,
        "p",
        [
          [0, [], 0, "A "],
          [0, [0], 0, "slow "],
          [0, [1], 2, "loaf"],
          [1, [], 0, 0],
          [0, [2], 0, "from "],
          [0, [0], 2, "here"],
        ],
      ],
      [3, "ol", [[[0, [], 0, "one"]], [[0, [], 0, "two"]]]],
      [1, "blockquote", [[0, [], 0, "Wait."]]],
      ...[
        [10, 0],
        [10, 1],
        [10, 2],
        [10, 3],
        [10, 9],
      ],
    ],
  };

  it("becomes a document of today's, block by block, with links, marks and cards", () => {
    const children = documentOfMobiledoc(JSON.stringify(mobiledoc))?.root.children ?? [];
    expect(children.map(({ type }) => type)).toEqual([
      ...["extended-heading", "paragraph", "list", "extended-quote", "image", "codeblock", "horizontalrule", "hologram"],
    ]);
    const [heading, line, list, , image, , , strange] = children;
    expect(heading).toMatchObject({ tag: "h2", children: [{ text: "Rye" }] });
    expect(line?.children?.map(({ type, format }) => [type, format])).toEqual([
      ["extended-text", 0],
      ["extended-text", 2],
      ["extended-text", 3],
      ["linebreak", undefined],
      ["link", ""],
    ]);
    expect(line?.children?.at(-1)).toMatchObject({
      url: "https://rye.example/",
      children: [
        { text: "from ", format: 0 },
        { text: "here", format: 2 },
      ],
    });
    expect(list).toMatchObject({ listType: "number", tag: "ol", children: [{ value: 1 }, { value: 2 }] });
    expect(image).toEqual({ type: "image", version: 1, src: "/content/images/a.png", caption: "A loaf" });
    expect(strange).toEqual({ type: "hologram", version: 1, depth: 3 });
  });

  it("that can't be read is none", () => {
    for (const text of ["", "{}", "[]", '{"sections":7}', "x"]) expect(documentOfMobiledoc(text)).toBeNull();
  });
});
