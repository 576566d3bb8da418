import { describe, expect, it } from "vitest";
import { createTemplating, trustedHtml } from "../templating.ts";

class Account {
  readonly name = "Ada";
  get secret(): string {
    return "seen";
  }
  reveal(): string {
    return "seen";
  }
}

const CONTEXT = {
  text: "a",
  list: ["a"],
  dict: { key: "a" },
  number: 5,
  truth: true,
  date: new Date("2026-11-26T18:00:00Z"),
  map: new Map([["key", "a"]]),
  set: new Set(["a"]),
  html: trustedHtml("<b>"),
  account: new Account(),
  run: (value: unknown) => `ran ${String(value)}`,
  nothing: null,
};

const VALUES = [
  ...Object.keys(CONTEXT),
  "range",
  "(1, 2)",
  "1.0",
  "macro",
  "loop",
  "space",
  "self",
  "cycler(1)",
  "dict.items()",
  "list | map('upper')",
];
const MEMBERS = [
  "constructor",
  "__proto__",
  "prototype",
  "toString",
  "valueOf",
  "hasOwnProperty",
  "__defineGetter__",
  "__lookupGetter__",
  "call",
  "apply",
  "bind",
];
const WAYS = [
  (value: string, member: string) => `(${value}).${member}`,
  (value: string, member: string) => `(${value})["${member}"]`,
  (value: string, member: string) => `(${value})["${member.slice(0, 3)}" ~ "${member.slice(3)}"]`,
  (value: string, member: string) => `(${value}) | attr("${member}")`,
  (value: string, member: string) => `[${value}] | map(attribute="${member}") | first`,
  (value: string, member: string) => `[${value}] | selectattr("${member}", "defined") | list | length or ""`,
];

describe("JavaScript's own members", () => {
  it.each(MEMBERS)("%s is found on nothing, in no way", async (member) => {
    for (const value of VALUES)
      for (const way of WAYS) expect(await attempt(way(value, member)), way(value, member)).toMatch(/^(?:|UndefinedError)$/);
  });

  it.each([
    '{{ text.constructor.constructor("return 1")() }}',
    '{{ list["constructor"]("a") }}',
    '{{ run.constructor("return process")() }}',
    '{{ ("{0.constructor}" | safe).format(text) }}',
    '{{ "{0.constructor}".format(text) }}',
    '{{ "{0[constructor]}".format(dict) }}',
    '{{ "{0.__proto__}".format(dict) }}',
    '{{ "%(constructor)s" % dict }}',
    '{{ [dict] | sort(attribute="constructor.name") | first | attr("constructor") }}{{ missing.x }}',
    '{{ [dict, dict] | groupby("__proto__.constructor") }}',
    '{{ [dict] | sum(attribute="constructor") }}',
    '{{ [dict] | join(",", attribute="constructor.name") }}',
    "{{ account.reveal() }}",
    "{{ list.map(run) }}",
    "{{ date.getTime() }}",
  ])("are not reached by %s", async (template) => {
    await expect(render(template)).rejects.toMatchObject({ kind: expect.stringMatching(/Error$/) });
  });

  it("of an object of a class are not seen either: its own fields are", async () => {
    expect(await render("{{ account.name }}|{{ account.secret }}|{{ account.reveal is defined }}")).toBe("Ada||False");
  });

  it("can't be changed: a key of that name is data like others", async () => {
    const template = `{% set space = namespace() %}{% set space.__proto__ = 1 %}{{ space.__proto__ }}{% do dict.update({"__proto__": "x"}) %}{{ dict.__proto__ }}{{ {"constructor": 2}.constructor }}`;
    expect(await render(template, { dict: {} })).toBe("1x2");
    expect(({} as Record<string, unknown>)["x"]).toBeUndefined();
  });

  it("are no variables, filters, tests or templates", async () => {
    expect(await render("{{ constructor }}{{ __proto__ }}{{ toString }}{{ 'constructor' is filter }}{{ '__proto__' is test }}")).toBe(
      "FalseFalse",
    );
    await expect(render("{{ 1 | constructor }}")).rejects.toMatchObject({ kind: "TemplateAssertionError" });
    await expect(render("{{ 1 is hasOwnProperty }}")).rejects.toMatchObject({ kind: "TemplateAssertionError" });
    await expect(render("{% include '__proto__' %}")).rejects.toMatchObject({ kind: "TemplateNotFound" });
  });

  it("stay out of functions that data brings: they get plain values, and arguments by name as one object", async () => {
    const run = (...given: unknown[]) => JSON.stringify(given);
    expect(await render("{{ run(1.0, [missing], size=2.0, **{'__proto__': 3}) | safe }}", { run })).toBe(
      '[1,[null],{"size":2,"__proto__":3}]',
    );
  });
});

describe("names of templates", () => {
  it.each(["../secret.html", "/etc/passwd", "a/../../secret.html", "./page.html", "page.html\u0000"])(
    "%j is found nowhere",
    async (name) => {
      const { render } = createTemplating({ searchPath: [import.meta.dirname] });
      await expect(render(name, {})).rejects.toMatchObject({ kind: "TemplateNotFound" });
    },
  );
});

/** What an expression prints, or the kind of error it is. */
async function attempt(expression: string): Promise<string> {
  const template = `{% macro macro() %}{% endmacro %}{% set space = namespace(a=1) %}{% block b %}{% for x in [1] %}{{ ${expression} }}{% if false %}{{ loop }}{{ self }}{% endif %}{% endfor %}{% endblock %}`;
  return render(template).catch((error: unknown) => (error instanceof Error ? error.name : String(error)));
}

function render(template: string, context: object = {}): Promise<string> {
  return createTemplating({ templates: { template } }).render("template", { ...CONTEXT, ...context });
}
