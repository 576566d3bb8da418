import { DOCUMENT_LIMITS, type Rendering, type RenderingRefusal, rendered } from "@rose-ash/shared/contracts/rendering.ts";
import type { LexicalDocument } from "@rose-ash/shared/models/document.ts";
import { checkDocument } from "./check-document.ts";
import { type Outcome, RendererProcess } from "./renderer-process.ts";

const IDLE_MS = 60_000;
const MEMORY_MEGABYTES = 160;

const REFUSALS = {
  failed: "The text could not be made into a page: a part of it is not as the editor writes it.",
  slow: "Making a page of the text took too long. Please split it into several.",
  died: "The text needs more memory than a page may. Please split it into several.",
} as const;

/** Rendering in a process of its own, so that neither a large text nor a hostile one takes the service with it. */
export class Renderer implements Rendering {
  readonly #process: RendererProcess;
  readonly #report: (trouble: object, words: string) => void;

  /** report hears why a text that seemed well was not rendered. */
  constructor(report: (trouble: object, words: string) => void = () => {}, limits = {}) {
    this.#report = report;
    this.#process = new RendererProcess({ taskMs: DOCUMENT_LIMITS.waitMs, idleMs: IDLE_MS, memoryMegabytes: MEMORY_MEGABYTES, ...limits });
  }

  async render(value: unknown): ReturnType<Rendering["render"]> {
    const checked = checkDocument(value);
    if (checked.kind === "refused") return checked;
    const outcome = await this.#process.run({ kind: "render", document: checked.document });
    if (outcome.kind !== "done") return this.#refuse(outcome);
    return { kind: "rendered", document: checked.document, rendered: rendered.parse(outcome.result) };
  }

  async fromHtml(html: string): ReturnType<Rendering["fromHtml"]> {
    if (html.length > DOCUMENT_LIMITS.bytes) {
      return { kind: "refused", reason: "too-large", message: "The text is larger than 1 MB. Please split it into several." };
    }
    const outcome = await this.#process.run({ kind: "convert", html });
    if (outcome.kind !== "done") return this.#refuse(outcome);
    return { kind: "converted", document: outcome.result as LexicalDocument };
  }

  /** The id of the process while it lives. */
  pid(): Promise<number | null> {
    return this.#process.pid();
  }

  close(): Promise<void> {
    return this.#process.close();
  }

  #refuse(outcome: Exclude<Outcome, { kind: "done" }>): RenderingRefusal {
    this.#report(outcome, "a text was not rendered");
    return { kind: "refused", reason: outcome.kind === "slow" ? "too-slow" : "failed", message: REFUSALS[outcome.kind] };
  }
}
