import type { ServerResponse } from "node:http";
import { gzipSync } from "node:zlib";

/**
 * What a path does instead of what it should. html: such a page, in whatever bytes. bomb: gzip of so many zeros. endless: each list leads
 * to another (empty: without a product; else always the same). silent: no answer. gone: the connection is cut.
 */
export type Fault =
  | { kind: "html"; body: string | Buffer; contentType?: string }
  | { kind: "status"; status: number; headers?: Record<string, string> }
  | { kind: "redirect"; to: string }
  | { kind: "bomb"; bytes: number }
  | { kind: "large"; bytes: number }
  | { kind: "endless"; product: string | null }
  | { kind: "captcha" }
  | { kind: "silent" }
  | { kind: "gone" };

const HTML = { "content-type": "text/html; charset=utf-8" };
const CAPTCHA = `<!doctype html><title>Just a moment...</title><h1>Are you human?</h1><div class="g-recaptcha"></div>`;

/** Answers as the fault has it. */
export function answerFault(fault: Fault, url: URL, response: ServerResponse): void {
  if (fault.kind === "html") response.writeHead(200, { "content-type": fault.contentType ?? "text/html" }).end(fault.body);
  else if (fault.kind === "status") response.writeHead(fault.status, { ...HTML, ...fault.headers }).end("<h1>No</h1>");
  else if (fault.kind === "redirect") response.writeHead(302, { location: fault.to }).end();
  else if (fault.kind === "bomb") response.writeHead(200, { ...HTML, "content-encoding": "gzip" }).end(gzipSync(Buffer.alloc(fault.bytes)));
  else if (fault.kind === "large")
    response
      .writeHead(200, { "content-type": url.pathname === "/robots.txt" ? "text/plain" : "text/html" })
      .end(Buffer.alloc(fault.bytes, "# padding\n"));
  else if (fault.kind === "endless") response.writeHead(200, HTML).end(endless(url, fault.product));
  else if (fault.kind === "captcha") response.writeHead(200, HTML).end(CAPTCHA);
  else if (fault.kind === "gone") response.socket?.destroy();
}

function endless(url: URL, product: string | null): string {
  const page = Number(url.searchParams.get("page") ?? 1);
  const card = product === null ? "" : `<a href="${product}">The same</a>`;
  return `<title>Groceries</title>${card}<a rel="next" href="/groceries?page=${page + 1}">Next</a>`;
}
