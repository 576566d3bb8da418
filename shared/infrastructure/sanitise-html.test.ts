import { describe, expect, it } from "vitest";
import { plainText, sanitiseHtml } from "./sanitise-html.ts";

describe("the sanitiser", () => {
  it.each([
    '<h2 id="crust">Crust</h2><p>Flour, <em>water</em> and <strong>salt</strong>.<br /></p>',
    '<ul><li>one</li></ul><ol start="3"><li>three</li></ol><blockquote><p>Wise.</p><cite>Ada</cite></blockquote>',
    '<figure><img src="/media/ab/abc.svg" alt="A loaf" width="12" height="8" loading="lazy" /><figcaption>A loaf</figcaption></figure>',
    '<table><tr><th scope="col">Hours</th><td colspan="2">6</td></tr></table>',
    '<p><a href="/about/history">History</a> <a href="mailto:post@rose-ash.example">write</a> <a href="#crust">crust</a></p>',
    '<figure class="kg-card kg-audio-card"><audio controls preload="none" src="/media/ab/song.mp3"></audio><figcaption>Song</figcaption></figure>',
    '<details class="kg-card kg-toggle-card"><summary>Why?</summary><p>Because.</p></details><pre><code class="language-ts">x</code></pre>',
    '<p>Note<sup class="footnote-ref"><a href="#fn1" id="fnref1">1</a></sup></p><ol class="footnotes-list"><li id="fn1" class="footnote-item">Here</li></ol>',
    '<p><time datetime="2026-11-26">Thursday</time> 1 &lt; 2 &amp; 3</p>',
  ])("keeps what an article holds: %s", (html) => {
    expect(sanitiseHtml(html)).toBe(html);
  });

  it("drops the head of a table that says nothing, and keeps one that says a word", () => {
    const table = (head: string) =>
      `<table><thead>\n<tr>\n<th>${head}</th>\n<th></th>\n</tr>\n</thead><tbody><tr><td>six</td></tr></tbody></table>`;
    expect(sanitiseHtml(table(""))).toBe("<table><tbody><tr><td>six</td></tr></tbody></table>");
    expect(sanitiseHtml(table("Loaves"))).toBe(table("Loaves"));
  });

  it("makes the article's first heading one of the page", () => {
    expect(sanitiseHtml("<h1>Bread</h1>")).toBe("<h2>Bread</h2>");
  });

  it("keeps from another site who came from where", () => {
    const marked = '<a href="https://oak.example" rel="noopener noreferrer">oak</a>';
    expect(sanitiseHtml('<a href="https://oak.example" target="_blank" rel="opener" ping="/spy">oak</a>')).toBe(marked);
  });

  it.each([
    ["a script", "<script>alert(1)</script>"],
    ["a script in capitals", "<SCRIPT SRC=//evil.example/x.js></SCRIPT>"],
    ["a script that closes another", "<scr<script>ipt>alert(1)</scr</script>ipt>"],
    ["an unclosed script", "<script>alert(1)"],
    ["a handler", '<p onclick="alert(1)">x</p>'],
    ["a handler after a slash", "<img/src=x/onerror=alert(1)>"],
    ["a picture's handler", '<img src="x" onerror="alert(1)">'],
    ["svg with a handler", '<svg onload="alert(1)"><circle/></svg>'],
    ["svg with a script", "<svg><script>alert(1)</script></svg>"],
    ["math that hides a style", '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">'],
    ["a style sheet", "<style>body{background:url(javascript:alert(1))}</style>"],
    ["a style", '<p style="background:url(javascript:alert(1))">x</p>'],
    ["a class that the page knows", '<p class="notice">x</p>'],
    ["a frame", '<iframe src="https://evil.example"></iframe>'],
    ["a frame with its own page", '<iframe srcdoc="<script>alert(1)</script>"></iframe>'],
    ["an object", '<object data="data:text/html,<script>alert(1)</script>"></object>'],
    ["an embed", '<embed src="https://evil.example/x.swf">'],
    ["a form", '<form action="https://evil.example"><input name="password"><button formaction="javascript:alert(1)">x</button></form>'],
    ["a base", '<base href="https://evil.example/">'],
    ["a meta refresh", '<meta http-equiv="refresh" content="0;url=https://evil.example">'],
    ["a link to a sheet", '<link rel="stylesheet" href="https://evil.example/x.css">'],
    ["a video", '<video src="https://evil.example/x" onerror="alert(1)"></video>'],
    ["a film of another site", '<video controls src="https://evil.example/v.mp4" poster="https://evil.example/p.jpg"></video>'],
    ["a sound whose address only begins like ours", '<audio controls src="//media/evil.example/a.mp3"></audio>'],
    ["a class that only contains a card's name", '<p class="notice kg">x</p>'],
    ["an id on an item that is no footnote", '<a id="fnord content">x</a>'],
    ["a template", "<template><script>alert(1)</script></template>"],
    ["noscript that breaks out", '<noscript><p title="</noscript><img src=x onerror=alert(1)>"></noscript>'],
    ["a comment that breaks out", "<!--><img src=x onerror=alert(1)>-->"],
    ["a comment for old browsers", "<!--[if IE]><script>alert(1)</script><![endif]-->"],
    ["CDATA", "<![CDATA[<script>alert(1)</script>]]>"],
    ["an address that is a script", '<a href="javascript:alert(1)">x</a>'],
    ["one in capitals", '<a href="JaVaScRiPt:alert(1)">x</a>'],
    ["one in entities", '<a href="&#106;&#x61;vascript&colon;alert(1)">x</a>'],
    ["one with a tab", '<a href="java&#9;script:alert(1)">x</a>'],
    ["one with a line's end", '<a href="java\nscript:alert(1)">x</a>'],
    ["one behind a control character", '<a href="&#1;javascript:alert(1)">x</a>'],
    ["one behind a comment", '<a href="java<!-- -->script:alert(1)">x</a>'],
    ["a data address", '<a href="data:text/html;base64,PHNjcmlwdD4=">x</a>'],
    ["a picture that is data", '<img src="data:image/svg+xml,<svg onload=alert(1)>">'],
    ["a picture over http", '<img src="http://evil.example/pixel.gif">'],
    ["a picture of whatever scheme", '<img src="//evil.example/pixel.gif">'],
    ["a srcset", '<img src="/media/a.svg" srcset="https://evil.example/a.png 2x">'],
    ["a link of whatever scheme", '<a href="//evil.example">x</a>'],
    ["a vbscript address", '<a href="vbscript:msgbox(1)">x</a>'],
    ["an xlink", '<svg><a xlink:href="javascript:alert(1)">x</a></svg>'],
    ["htmx", '<p hx-get="https://evil.example" hx-trigger="load" data-hx-on="alert(1)">x</p>'],
    ["a new element", "<x-widget onfocus=alert(1) autofocus tabindex=1>x</x-widget>"],
    ["an id that shadows the page's own", '<a id="content" name="getElementById">x</a>'],
  ])("drops %s", (_what, html) => {
    const kept = sanitiseHtml(html);
    // what is left is bare text and bare elements: every tag is one that an article may hold, without a dangerous attribute
    for (const [tag] of kept.matchAll(/<[^>]*>/g))
      expect(tag).toMatch(
        /^<\/?(p|a|img|table|tr)( (alt|rel)="[^"]*"| src="\/media\/a\.svg"| src="x"| src="x\/onerror=alert\(1\)")*( \/)?>$/,
      );
  });

  it("comes to rest: its own answer passes unchanged", () => {
    const nested = '<div><p>a<b><i>b</b></i><img src="/media/a.svg"><a href="https://oak.example">c</a><li>d';
    const once = sanitiseHtml(nested);
    expect(sanitiseHtml(once)).toBe(once);
  });

  it("is not slowed down by what is meant to slow it down", () => {
    const started = performance.now();
    for (const piece of ["<b>", "<a href=", "<!--", "&#", "<p ", "<table><tr>"]) sanitiseHtml(piece.repeat(5_000));
    expect(performance.now() - started).toBeLessThan(3_000);
  });
});

describe("text without markup", () => {
  it.each([
    ["<h2>Crust</h2><p>Flour and <em>wa</em>ter.</p>", "Crust Flour and water."],
    ["<ul><li>one</li><li>two</li></ul>", "one two"],
    ["a<br>b<br />c", "a b c"],
    ["<p>a</p>\n\n   <p>b</p>", "a b"],
    ["1 &lt; 2 &amp; 3 &gt; 2 &quot;yes&quot;", '1 < 2 & 3 > 2 "yes"'],
    ["&amp;lt;b&amp;gt;", "&lt;b&gt;"],
    ["<table><tr><td>6</td><td>loaves</td></tr></table>", "6 loaves"],
    ["a<script>alert(1)</script><style>b{}</style>c", "ac"],
    ["<details><summary>Why?</summary>Because.</details><div>a</div><div>b</div>", "Why? Because. a b"],
    ["", ""],
    ["caf&eacute;", "café"],
  ])("of %s is %s", (html, text) => {
    expect(plainText(html)).toBe(text);
  });
});
