import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { createTemplating } from "../../templating.ts";
import { TemplateError } from "../errors.ts";

/** What generate.py wrote: a template, what it sees, and what Jinja2 itself made of it. */
interface Case {
  readonly template: string;
  readonly templates?: Readonly<Record<string, string>>;
  readonly context?: object;
  readonly expected?: string;
  readonly error?: Outcome["error"];
}

interface Outcome {
  readonly text?: string;
  readonly error?: { readonly kind: string; readonly template?: string; readonly line?: number };
}

const FOLDER = join(import.meta.dirname, "cases");

describe.each(readdirSync(FOLDER))("Jinja2, %s", (file) => {
  const cases = JSON.parse(readFileSync(join(FOLDER, file), "utf8")) as Case[];

  it.each(cases.map((one) => [one.template, one] as const))("%s", async (_template, { expected, error, ...one }) => {
    expect(await outcome(one)).toMatchObject(expected === undefined ? { error } : { text: expected });
  });
});

async function outcome({ template, templates, context = {} }: Case): Promise<Outcome> {
  const { render } = createTemplating({ templates: { ...templates, main: template } });
  try {
    return { text: await render("main", context) };
  } catch (error) {
    if (!(error instanceof TemplateError) || error.template === null || error.line === null) throw error;
    return { error: { kind: error.kind, template: error.template, line: error.line } };
  }
}
