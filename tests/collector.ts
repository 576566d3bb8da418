import { once } from "node:events";
import http from "node:http";
import type { AddressInfo } from "node:net";

/** A span as it came: attributes by name, ids in hex; parent "" at the root. */
export interface CollectedSpan {
  name: string;
  service: string;
  trace: string;
  id: string;
  parent: string;
  attributes: Readonly<Record<string, unknown>>;
  links: readonly { traceId: string; spanId: string }[];
  isFailed: boolean;
}

interface WireSpan {
  name: string;
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  attributes: WireAttribute[];
  links?: { traceId: string; spanId: string }[];
  status: { code?: number };
}
type WireAttribute = { key: string; value: Record<string, unknown> };

/** Something that takes traces by OTLP over HTTP, as JSON, and shows them. */
export async function startCollector(): Promise<{ url: string; spans: CollectedSpan[]; close(): Promise<void> }> {
  const spans: CollectedSpan[] = [];
  const server = http.createServer(async (request, response) => {
    let text = "";
    for await (const chunk of request) text += chunk;
    if (request.url === "/v1/traces") spans.push(...readSpans(text));
    response.writeHead(request.url === "/v1/traces" ? 200 : 404, { "content-type": "application/json" }).end("{}");
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port } = server.address() as AddressInfo; // it listens on TCP
  return {
    url: `http://127.0.0.1:${port}`,
    spans,
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}

function readSpans(text: string): CollectedSpan[] {
  const { resourceSpans } = JSON.parse(text);
  return resourceSpans.flatMap(
    ({ resource, scopeSpans }: { resource: { attributes: WireAttribute[] }; scopeSpans: { spans: WireSpan[] }[] }) => {
      const service = String(plain(resource.attributes)["service.name"]);
      return scopeSpans.flatMap(({ spans }) => spans.map((span) => collected(span, service)));
    },
  );
}

function collected(span: WireSpan, service: string): CollectedSpan {
  const { name, traceId: trace, spanId: id, parentSpanId: parent = "", links = [] } = span;
  return { name, service, trace, id, parent, links, attributes: plain(span.attributes), isFailed: span.status.code === 2 };
}

function plain(attributes: readonly WireAttribute[]): Record<string, unknown> {
  return Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0]]));
}
