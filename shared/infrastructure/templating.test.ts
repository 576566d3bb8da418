import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { createTemplating, trustedHtml } from "./templating.ts";

const folder = mkdtempSync(join(tmpdir(), "rose-ash-templates-"));
const [own, common] = [join(folder, "own"), join(folder, "common")];
beforeAll(() => {
  write(own, "card.html", "own card of {{ who }}");
  write(common, "card.html", "common card");
  write(common, "frame.html", "<main>{% block content %}nothing{% endblock %}</main>{{ place }}");
});
afterAll(() => rmSync(folder, { recursive: true }));
afterEach(() => vi.useRealTimers());

describe("templates", () => {
  it("extend, include and import each other by name", async () => {
    const templates = {
      "base.html": "<body>{% block content %}{% endblock %}</body>",
      "greeting.html": "{% macro greet(name) %}Hello {{ name }}{% endmacro %}",
      "line.html": "; {{ who }} again",
      "page.html":
        '{% extends "base.html" %}{% from "greeting.html" import greet %}{% block content %}{{ greet(who) }}{% include "line.html" %}{% endblock %}',
    };
    expect(await createTemplating({ templates }).render("page.html", { who: "Ada" })).toBe("<body>Hello Ada; Ada again</body>");
  });

  it("are looked for by name first, then folder by folder: the first that has one wins", async () => {
    const both = createTemplating({ searchPath: [own, common], globals: { place: "the Old Dairy" } });
    expect(await both.render("card.html", { who: "Ada" })).toBe("own card of Ada");
    expect(await both.render("frame.html", {})).toBe("<main>nothing</main>the Old Dairy");
    const given = createTemplating({ searchPath: [common, own], templates: { "card.html": "given" } });
    expect(await given.render("card.html", {})).toBe("given");
  });

  it("may extend one of another folder", async () => {
    write(own, "page.html", '{% extends "frame.html" %}{% block content %}mine{% endblock %}');
    expect(await createTemplating({ searchPath: [own, common] }).render("page.html", {})).toBe("<main>mine</main>");
  });

  it("do not reach out of their folders", async () => {
    write(folder, "secret.html", "secret");
    await expect(createTemplating({ searchPath: [own] }).render("../secret.html", {})).rejects.toThrow(/not found: \.\.\/secret\.html/);
  });

  it.each(["constructor", "__proto__", "toString"])("called %s are found nowhere", async (name) => {
    await expect(createTemplating({ templates: {} }).render(name, {})).rejects.toThrow();
  });

  it("that fail say which one it was, and where", async () => {
    const templates = {
      "post/show.html": "a\nb {{ missing.name.first() }}",
      "broken.html": "{% if %}",
      "around.html": '{% include "post/show.html" %}',
    };
    const { render } = createTemplating({ templates });
    await expect(render("post/show.html", {})).rejects.toThrow(/post\/show\.html/);
    await expect(render("around.html", {})).rejects.toThrow(/post\/show\.html/);
    await expect(render("broken.html", {})).rejects.toThrow(/broken\.html.*Line 1/);
  });
});

describe("autoescape", () => {
  const HOSTILE = `<script>alert("1")</script>'&`;
  const ESCAPED = "&lt;script&gt;alert(&#34;1&#34;)&lt;/script&gt;&#39;&amp;";

  it.each([
    ["a value", "{{ text }}"],
    ["an attribute", '<p title="{{ text }}">'],
    ["a macro's argument", "{% macro show(x) %}{{ x }}{% endmacro %}{{ show(text) }}"],
    ["a joined list", '{{ [text, text] | join(", ") }}'],
    ["a replacement", '{{ text | replace("x", "y") }}'],
    ["a sum of texts", '{{ text + "" }}'],
    ["a default", "{{ nothing | default(text) }}"],
    ["what plural counts", '{{ 2 | plural("x", text) }}'],
  ])("escapes %s", async (_what, template) => {
    const html = await show(template, { text: HOSTILE });
    expect(html).toContain(ESCAPED);
    expect(html).not.toContain("<script>");
  });

  it("escapes what was set as a block once", async () => {
    expect(await show("{% set copy %}{{ text }}{% endset %}{{ copy }}", { text: "<" })).toBe("&lt;");
  });

  it("leaves what a renderer of ours made", async () => {
    expect(await show("{{ html }}{{ html | length }}", { html: trustedHtml("<b>x</b>") })).toBe("<b>x</b>8");
  });

  it("lets no data of a person pass for trusted", async () => {
    const shown = await show("{{ text }}{{ text | join }}", { text: { html: "<b>", val: "<b>", length: 3, toString: () => "<b>" } });
    expect(shown).not.toContain("<b>");
  });
});

describe("values of JavaScript", () => {
  it.each([
    [
      "a Map, as a dict in its own order",
      "{{ x }} {{ x.b }} {{ x | length }}",
      new Map([
        ["b", 1],
        ["a", 2],
      ]),
      "{'b': 1, 'a': 2} 1 2",
    ],
    ["a Set, as what can be walked", "{{ x | join('+') }} {{ x | length }} {{ 2 in x }}", new Set([1, 2]), "1+2 2 True"],
    ["a Date, by ISO 8601", "{{ x }}", new Date("2026-11-26T18:00:00Z"), "2026-11-26T18:00:00.000Z"],
    ["a URL, as it reads", "{{ x }}", new URL("https://oak.example/a?b"), "https://oak.example/a?b"],
    ["a bigint, as an int", "{{ x + 1 }}", 2n ** 64n, "18446744073709551617"],
    ["undefined, as what is not there", "{{ x }}{{ x is defined }}{{ [x] | first is defined }}", undefined, "FalseFalse"],
    ["null, as None", "{{ x }}{{ x or '-' }}", null, "None-"],
    ["NaN and the infinities, as Python's floats", "{{ x | join(' ') }}", [Number.NaN, Number.POSITIVE_INFINITY, -1 / 0], "nan inf -inf"],
    [
      "a function, called with plain values",
      "{{ x(1.0, 'a') }}",
      (...given: unknown[]) => given.map((one) => typeof one).join(),
      "number,string",
    ],
  ])("show %s", async (_what, template, x, expected) => {
    expect((await show(template, { x })).replaceAll("&#39;", "'")).toBe(expected);
  });

  it("that hold themselves end", async () => {
    const x: { self?: object; list: object[] } = { list: [] };
    x.self = x;
    x.list.push(x.list);
    expect((await show("{{ x }}", { x })).replaceAll("&#39;", "'")).toBe("{'list': [[...]], 'self': {...}}");
  });
});

describe("money", () => {
  it.each([
    [340, "GBP", "£3.40"],
    [0, "GBP", "£0.00"],
    [5, "GBP", "£0.05"],
    [123_456_789, "GBP", "£1,234,567.89"],
    [-250, "GBP", "-£2.50"],
    [340, "JPY", "JP¥340"],
    [1999, "EUR", "€19.99"],
    [1234, "KWD", "KWD 1.234"],
  ])("shows %i minor units of %s as %s", async (minor, currency, text) => {
    const shown = await show("{{ minor | money(currency) }}", { minor, currency });
    expect(shown.replaceAll("\u00a0", " ")).toBe(text);
  });

  it("speaks the site's language", async () => {
    const { render } = createTemplating({ templates: { t: '{{ 123456 | money("EUR") }}' }, locale: "de-DE" });
    expect((await render("t", {})).replaceAll("\u00a0", " ")).toBe("1.234,56 €");
  });
});

describe("dates in words", () => {
  it.each([
    ["2020-03-29T00:59:00Z", "Europe/London", "Sunday 29 March 2020, 00:59"],
    ["2020-03-29T01:00:00Z", "Europe/London", "Sunday 29 March 2020, 02:00"], // the clocks go forward
    ["2020-10-25T00:30:00Z", "Europe/London", "Sunday 25 October 2020, 01:30"],
    ["2020-10-25T01:30:00Z", "Europe/London", "Sunday 25 October 2020, 01:30"], // and back: the same words twice
    ["2020-06-30T23:30:00Z", "Europe/London", "Wednesday 1 July 2020, 00:30"],
    ["2020-06-30T23:30:00Z", "America/New_York", "Tuesday 30 June 2020, 19:30"],
    ["2020-06-30T18:30:00Z", "Asia/Kolkata", "Wednesday 1 July 2020, 00:00"],
  ])("%s in %s is %s", async (at, zone, words) => {
    expect(await show("{{ at | date_words(zone) }}", { at: new Date(at), zone })).toBe(words);
    expect(await show("{{ at | date_words(zone) }}", { at, zone })).toBe(words);
  });

  it("names the year only when it is far", async () => {
    vi.useFakeTimers({ now: new Date("2026-11-24T12:00:00Z"), toFake: ["Date"] });
    const near = { at: new Date("2026-11-26T18:00:00Z"), zone: "Europe/London" };
    expect(await show("{{ at | date_words(zone) }}; {{ at | day_words(zone) }}", near)).toBe(
      "Thursday 26 November, 18:00; Thursday 26 November",
    );
    const far = { at: new Date("2027-11-26T18:00:00Z"), zone: "Europe/London" };
    expect(await show("{{ at | day_words(zone) }}; {{ at | time_words(zone) }}", far)).toBe("Friday 26 November 2027; 18:00");
  });

  it("are the same instant for machines", async () => {
    expect(await show("{{ at | iso }}", { at: new Date("2026-11-26T18:00:00+01:00") })).toBe("2026-11-26T17:00:00.000Z");
  });
});

describe("safe_href", () => {
  it.each(["/", "/products/oak-stool?next=/a#b", "https://oak.example/a?b=c", "http://blog.rose-ash.localhost:8000/"])(
    "keeps %s",
    async (href) => {
      expect(await show("{{ href | safe_href }}", { href })).toBe(href);
    },
  );

  it.each([
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    " javascript:alert(1)",
    "java\tscript:alert(1)",
    "java\nscript:alert(1)",
    "\u0001javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:msgbox(1)",
    "blob:https://oak.example/1",
    "file:///etc/passwd",
    "//evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "/\r\\evil.example",
    "\t//evil.example",
    "relative/path",
    "",
    undefined,
    null,
    { toString: () => "javascript:alert(1)" },
  ])("turns %j into #", async (href) => {
    expect(await show("{{ href | safe_href }}", { href })).toBe("#");
  });

  it("gives nothing that ends an attribute", async () => {
    const html = await show('<a href="{{ href | safe_href }}">', { href: 'https://oak.example/"onmouseover="alert(1)' });
    expect(html).toBe('<a href="https://oak.example/%22onmouseover=%22alert(1)">');
    expect(await show('<a href="{{ href | safe_href }}">', { href: '/"><script>' })).toBe('<a href="/&#34;&gt;&lt;script&gt;">');
  });
});

describe("plural", () => {
  it.each([
    [0, "0 loaves"],
    [1, "1 loaf"],
    [2, "2 loaves"],
  ])("of %i is %s", async (count, words) => {
    expect(await show('{{ count | plural("loaf", "loaves") }}', { count })).toBe(words);
  });
});

function show(template: string, context: object): Promise<string> {
  return createTemplating({ templates: { template } }).render("template", context);
}

function write(dir: string, name: string, text: string): void {
  mkdirSync(dir, { recursive: true });
  writeFileSync(join(dir, name), text);
}
