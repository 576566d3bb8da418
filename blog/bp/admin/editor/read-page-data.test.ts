import { describe, expect, it } from "vitest";
import { readPageData } from "./read-page-data.ts";

const read = (html: string, type = "text/html; charset=utf-8") => readPageData(Buffer.from(html), type);

describe("what a page says of itself", () => {
  it("is read from its OpenGraph words first", () => {
    const html = `<head><title>Oak | Home</title><meta name="description" content="plain">
      <meta property="og:title" content="Oak &amp; Elm"><META content='Wood "and" more' PROPERTY='og:description'/>
      <meta property=og:site_name content=Oak><meta name="author" content="Ada"></head>`;
    expect(read(html)).toEqual({ title: "Oak & Elm", description: 'Wood "and" more', author: "Ada", publisher: "Oak" });
  });

  it("is read from its head where there are none", () => {
    expect(read('<title>\n Oak &ndash; home </title><meta name="description" content="Wood">')).toEqual({
      title: "Oak – home",
      description: "Wood",
      author: "",
      publisher: "",
    });
  });

  it("is plain text, and never long", () => {
    const { title, description } = read(
      `<title>x</title><meta property="og:title" content="&lt;script&gt;alert(1)&lt;/script&gt;<b>bold"><meta name="description" content="${"y".repeat(3_000)}">`,
    );
    expect(title).not.toContain("<");
    expect(description).toHaveLength(500);
  });

  it("is read in the charset that the page is in", () => {
    const latin = Buffer.from('<meta charset="iso-8859-1"><title>café</title>', "latin1");
    expect(readPageData(latin, "text/html").title).toBe("café");
    expect(readPageData(latin, "text/html; charset=ISO-8859-1").title).toBe("café");
    expect(readPageData(Buffer.from("<title>x</title>"), "text/html; charset=none-such").title).toBe("x");
  });

  it("is nothing where it says nothing, and found quickly where it is long", () => {
    const began = performance.now();
    for (const hostile of ["", "<meta ".repeat(100_000), "<title ".repeat(100_000), `<meta content="${"&".repeat(500_000)}`])
      expect(read(hostile)).toEqual({ title: "", description: "", author: "", publisher: "" });
    expect(performance.now() - began).toBeLessThan(5_000);
  });
});
