import { expect, it } from "vitest";
import { markdownOf } from "./markdown.ts";

it.each([
  ["<h2>Rye</h2><p>Two <em>hands</em>, <strong>one</strong> oven.</p>", "## Rye\n\nTwo _hands_, **one** oven."],
  ["<ul><li>rye</li><li>salt</li></ul>", "-   rye\n-   salt"],
  [
    '<p><a href="/about">us</a> <img src="/media/a.svg" alt="A loaf"></p>',
    "[us](https://blog.example/about) ![A loaf](https://blog.example/media/a.svg)",
  ],
  ['<p><a href="//elsewhere.example/">x</a></p>', "[x](//elsewhere.example/)"],
  [
    "<table><thead><tr><th>Day</th><th>What</th></tr></thead><tbody><tr><td>Tue</td><td>a | b</td></tr></tbody></table>",
    "| Day | What |\n| --- | --- |\n| Tue | a \\| b |",
  ],
  ['<p>One<sup><a href="#fn-1">1</a></sup></p>', 'One<sup><a href="#fn-1">1</a></sup>'],
  ["<p>1. not a list, * nor this</p>", "1\\. not a list, \\* nor this"],
  ["<p>&lt;script&gt;alert(1)&lt;/script&gt; &amp;lt;b&gt; R&amp;D</p>", "\\<script>alert(1)\\</script> \\&lt;b> R&D"],
  ["<p><code>a &lt; b</code></p>", "`a < b`"],
  ['<p><img src="/a.png" alt="a &lt;b&gt;" title="<i>"></p>', '![a &lt;b>](https://blog.example/a.png "&lt;i>")'],
  ["", ""],
])("writes %s as Markdown", async (html, text) => {
  expect(await markdownOf(html, "https://blog.example")).toBe(text);
});
