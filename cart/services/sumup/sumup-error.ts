import { z } from "zod";

/**
 * What became of a call that did not end well.
 * refused: SumUp said no, and nothing was done. busy: it asks for rest, and nothing was done.
 * unclear: nothing came, or nothing that can be read: whether it was done has to be looked up.
 */
export type SumUpTrouble = "refused" | "busy" | "unclear";

interface Told {
  status: number;
  /** SumUp's own word for it, as DUPLICATED_CHECKOUT; empty: it gave none. */
  code: string;
  message: string;
  /** How long SumUp asks to be left alone; 0: it does not say. */
  retryAfterMs?: number;
}

/** SumUp did not do what it was asked, or nobody knows. status 0: no answer came. */
export class SumUpError extends Error {
  readonly trouble: SumUpTrouble;
  readonly status: number;
  readonly code: string;
  readonly retryAfterMs: number;

  constructor(trouble: SumUpTrouble, told: Told) {
    super(told.message);
    this.name = "SumUpError";
    this.trouble = trouble;
    this.status = told.status;
    this.code = told.code;
    this.retryAfterMs = told.retryAfterMs ?? 0;
  }
}

const words = z.string().catch("");

/** The four bodies of SumUp's errors, of which any field may be missing: RFC 9457, checkouts', 403's, and the history's. */
const told = z.object({
  title: words,
  detail: words,
  type: words,
  message: words,
  error_code: words,
  error_message: words,
  details: words,
  param: words,
  failed_constraints: z.array(z.object({ message: words }).catch({ message: "" })).catch([]),
  errors: z.array(z.object({ code: words, detail: words }).catch({ code: "", detail: "" })).catch([]),
});

const MOST_WORDS = 300;

/**
 * The error that an answer is. body: the parsed JSON; undefined: it was none. A 400 may carry a list, of which the first counts.
 * 408, 425 and everything from 500 on are unclear: something behind SumUp's door may have been done.
 */
export function errorOf(status: number, body: unknown, retryAfterMs = 0): SumUpError {
  const parsed = told.safeParse(Array.isArray(body) ? body[0] : body);
  const said = parsed.success ? parsed.data : null;
  const code = said === null ? "" : said.error_code || said.errors[0]?.code || said.type.replace(/^.*\//, "");
  const parts = said === null ? [] : [wordsOf(said), said.param && `(${said.param})`];
  const reason = parts.filter(Boolean).join(" ") || "no reason was given";
  const message = `SumUp answered ${status}: ${reason.slice(0, MOST_WORDS)}`;
  return new SumUpError(troubleOf(status), { status, code: code.slice(0, 60), message, retryAfterMs });
}

/** Nothing came, or it broke off. */
export function noAnswer(error: unknown): SumUpError {
  const reason = error instanceof Error ? (error.cause instanceof Error ? error.cause.message : error.message) : "no reason was given";
  return new SumUpError("unclear", { status: 0, code: "", message: `SumUp does not answer: ${reason.slice(0, MOST_WORDS)}` });
}

/** Something came that is not what SumUp's contract says. */
export function unreadable(status: number, what: string): SumUpError {
  return new SumUpError("unclear", { status, code: "", message: `SumUp answered ${status} with ${what}` });
}

function wordsOf(said: z.output<typeof told>): string {
  const constraint = said.failed_constraints[0]?.message ?? "";
  return said.errors[0]?.detail || said.detail || said.message || said.error_message || constraint || said.details || said.title;
}

function troubleOf(status: number): SumUpTrouble {
  if (status === 429) return "busy";
  return status >= 400 && status < 500 && status !== 408 && status !== 425 ? "refused" : "unclear";
}
