import type { LexicalDocument } from "@rose-ash/shared/models/document.ts";
import { fromHtml } from "./from-html.ts";
import { render } from "./render.ts";

/** What the service asks this process for; one at a time. */
export type Task = { kind: "render"; document: LexicalDocument } | { kind: "convert"; html: string };

/** What it says: that it has begun, and then one answer for each task. */
export type Answer = { kind: "ready" } | { kind: "done"; result: unknown } | { kind: "failed"; reason: string };

/** The renderer's process: it lives as long as the service holds the line. */
process.on("error", () => process.exit()); // the line broke: nobody hears the answer
process.on("message", (task: Task) => void work(task));
process.on("disconnect", () => process.exit());
await render({ root: { type: "root", version: 1, children: [] } }); // loads what the first text would wait for
say({ kind: "ready" });

async function work(task: Task): Promise<void> {
  try {
    say({ kind: "done", result: task.kind === "render" ? await render(task.document) : fromHtml(task.html) });
  } catch (error) {
    say({ kind: "failed", reason: error instanceof Error ? error.message : String(error) });
  }
}

function say(answer: Answer): void {
  process.send?.(answer);
}
