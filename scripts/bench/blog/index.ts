import type { Platform } from "../../platform.ts";
import { bodyOf, loadOf, measureKept, onPlatform, type Page, pin, press, RUNS, rowOf, WHERE } from "../site.ts";
import { median, type Row } from "../table.ts";
import { fillBlog, POSTS } from "./fill.ts";
import { QUESTIONS } from "./questions.ts";

const GOAL = { postPerSecond: 1100, searchP95Ms: 50, pageKb: 100 };
/** Pages a second of Ghost 6.65 on one core of a machine of this kind, measured elsewhere. */
const GHOST = { home: 50, post: 110, tag: 195 };

const POST: Page = { app: "blog", path: "/posts/copy-1234", what: "a post" };
const RENDERED: readonly { page: Page; ghost: number; atLeast: number }[] = [
  { page: { app: "blog", path: "/", what: "the front page" }, ghost: GHOST.home, atLeast: GHOST.home },
  { page: POST, ghost: GHOST.post, atLeast: GOAL.postPerSecond },
  { page: { app: "blog", path: "/tags/topic-7", what: "a tag" }, ghost: GHOST.tag, atLeast: GHOST.tag },
];

/** The publication with ten thousand posts: pages for guests made anew and kept, the search, and what a reader is sent. */
export async function blog(): Promise<Row[]> {
  const kept = await onPlatform("on", async (platform) => {
    await fillBlog(platform.databaseUrl);
    return [await measureKept(platform, { ...POST, what: `blog, ${POST.what} of ${POSTS.toLocaleString("en-GB")}` })];
  });
  const made = await onPlatform("off", async (platform) => {
    await fillBlog(platform.databaseUrl);
    const rows: Row[] = [];
    for (const each of RENDERED) rows.push(await measureMade(platform, each));
    rows.push(await measureSearch(platform), ...(await measureSize(platform)));
    return rows;
  });
  return [...made, ...kept];
}

async function measureMade(platform: Platform, { page, ghost, atLeast }: (typeof RENDERED)[number]): Promise<Row> {
  const load = loadOf(platform, page);
  pin(platform.pidOf(page.app));
  await press({ ...load, seconds: 3 }); // warm
  const figures: number[] = [];
  for (let run = 0; run < RUNS; run++) figures.push((await press(load)).perSecond);
  const what = `blog, ${page.what} (guest, no page cache, ${POSTS.toLocaleString("en-GB")} posts, ${WHERE}; peer: Ghost, measured elsewhere)`;
  return rowOf(what, median(figures), "req/s", atLeast, ghost);
}

/** One question after the other, each as somebody types it for the first time. */
async function measureSearch(platform: Platform): Promise<Row> {
  const ask = (words: string) => bodyOf(loadOf(platform, { app: "blog", path: `/search?q=${encodeURIComponent(words)}`, what: "" }));
  for (const words of QUESTIONS) await ask(words); // every statement is prepared on every connection
  const times: number[] = [];
  for (let round = 0; round < RUNS; round++) {
    for (const words of QUESTIONS) {
      const began = performance.now();
      await ask(words);
      times.push(performance.now() - began);
    }
  }
  const ours = times.sort((a, b) => a - b)[Math.floor(times.length * 0.95)] ?? Number.NaN;
  const what = `the search of the whole site, p95 of ${times.length} answers to ${QUESTIONS.length} questions (${POSTS.toLocaleString("en-GB")} posts)`;
  return { what, ours, unit: "ms", peer: null, goal: `< ${GOAL.searchP95Ms} ms`, ok: ours < GOAL.searchP95Ms };
}

/** What a reader's browser is sent: the page with its style sheet and scripts, as they are without compression. */
async function measureSize(platform: Platform): Promise<Row[]> {
  const load = loadOf(platform, { ...POST, path: "/posts/when-the-wend-comes-up" });
  const html = (await bodyOf(load)).toString();
  const files = [...html.matchAll(/(?:<link rel="stylesheet" href|<script src)="([^"]+)"/g)].map(([, path = ""]) => path);
  const origin = new URL(load.url).origin;
  const bodies = await Promise.all(files.map((path) => bodyOf({ ...load, url: origin + path })));
  const kb = Buffer.byteLength(html) / 1024;
  const editorFiles = files.filter((file) => /editor|koenig|react/i.test(file)).length;
  const row = { unit: "KB", peer: null };
  return [
    { ...row, what: "the longest post's page, without pictures", ours: kb, goal: `< ${GOAL.pageKb} KB`, ok: kb < GOAL.pageKb },
    {
      ...row,
      what: "its style sheet and scripts, uncompressed, kept for a year",
      ours: bodies.reduce((sum, body) => sum + body.length, 0) / 1024,
      goal: null,
      ok: true,
    },
    { ...row, what: "files of the editor that a reader is sent", ours: editorFiles, unit: "files", goal: "0 files", ok: editorFiles === 0 },
  ];
}
