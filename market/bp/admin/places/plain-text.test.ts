import { expect, it } from "vitest";
import { htmlOfText, textOfHtml } from "./plain-text.ts";

it.each([
  ["", ""],
  ["One.\r\n\r\nTwo,\r\nin two lines.", "<p>One.</p>\n<p>Two,<br />in two lines.</p>"],
  ["Bread & <3 for 3 > 2", "<p>Bread &amp; &lt;3 for 3 &gt; 2</p>"],
  ["<p>Our <em>own</em></p><script>alert(1)</script>", "<p>Our <em>own</em></p>"],
  ['<h1 onclick="x()">Big</h1>', "<h2>Big</h2>"],
])("makes of %j %j", (text, html) => {
  expect(htmlOfText(text)).toBe(html);
});

it.each(["", "One.\n\nTwo,\nin two lines.", "Bread & <3", "a &amp; b", "<p>Our <em>own</em></p>", "&lt;b&gt;"])(
  "gives back %j to be typed again, and changes nothing when it is sent untouched",
  (text) => {
    const html = htmlOfText(text);
    expect(htmlOfText(textOfHtml(html))).toBe(html);
  },
);
