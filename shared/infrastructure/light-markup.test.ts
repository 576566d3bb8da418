import { describe, expect, it } from "vitest";
import { lightMarkup } from "./light-markup.ts";
import { htmlOfLightText } from "./light-text.ts";

describe("a text with signs", () => {
  it.each([
    ["One.\n\nTwo,\nthree.", "<p>One.</p>\n<p>Two,<br>three.</p>"],
    ["## Bring\n\n- tea\n- *sweet* cake", "<h2>Bring</h2>\n<ul><li>tea</li><li><em>sweet</em> cake</li></ul>"],
    ["Then:\n1. sing\n2) rest", "<p>Then:</p>\n<ol><li>sing</li><li>rest</li></ol>"],
    ["> Come as\n> you are.", "<blockquote><p>Come as<br>you are.</p></blockquote>"],
    ["**Loud** and ***very***", "<p><strong>Loud</strong> and <em><strong>very</strong></em></p>"],
    ["[**Here**](https://x.example/a)", '<p><a href="https://x.example/a"><strong>Here</strong></a></p>'],
    ["5*4*3 is 60. In 1999. we", "<p>5*4*3 is 60. In 1999. we</p>"],
  ])("%j has its form", (text, html) => {
    expect(lightMarkup(text)).toBe(html);
  });

  it.each([
    [String.raw`\- no list`, "<p>- no list</p>"],
    [String.raw`1\. no list`, "<p>1. no list</p>"],
    [String.raw`\## no heading`, "<p>## no heading</p>"],
    [String.raw`\> no quote`, "<p>&gt; no quote</p>"],
    [
      String.raw`\*\*plain\*\* \[words\](https://x.example) C:\\`,
      '<p>**plain** [words](<a href="https://x.example">https://x.example</a>) C:\\</p>',
    ],
    [String.raw`a \</p> b`, "<p>a &lt;/p&gt; b</p>"],
    ["\ue02a\ue02aplain\ue02a\ue02a", "<p>plain</p>"],
  ])("%j says a sign as it stands", (text, html) => {
    expect(lightMarkup(text)).toBe(html);
  });

  it.each([
    "[x](javascript:alert(1))",
    '[x](https://x.example/"onmouseover="alert(1))',
    "<script>alert(1)</script>",
    "<p>x</p><img src=x onerror=alert(1)>",
    String.raw`\<script>alert(1)\</script>`,
  ])("%s runs nobody's script", (text) => {
    expect(htmlOfLightText(text)).not.toMatch(/<script|<[^>]*\s(onerror|onmouseover)=|href="javascript/);
  });

  it("takes no longer for what is made to be slow", () => {
    const began = performance.now();
    for (const text of ["*".repeat(20_000), "[".repeat(20_000), `${"\\*".repeat(10_000)}`, "1. ".repeat(6_000), "> \n".repeat(6_000)])
      lightMarkup(text);
    expect(performance.now() - began).toBeLessThan(5_000);
  });
});
