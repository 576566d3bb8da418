import { randomBytes } from "node:crypto";
import type { LightMyRequestResponse } from "fastify";
import type { TestApp } from "../app.ts";

/** A form with fields and one file, sent as a browser sends it. */
export async function sendForm(
  app: TestApp,
  url: string,
  { fields = {}, file }: { fields?: Record<string, string>; file?: { name: string; bytes: Buffer } },
  cookies: Record<string, string>,
): Promise<LightMyRequestResponse> {
  const boundary = `----${randomBytes(8).toString("hex")}`;
  const part = (head: string, body: Buffer | string) => [
    Buffer.from(`--${boundary}\r\ncontent-disposition: form-data; ${head}\r\n\r\n`),
    Buffer.from(body),
    Buffer.from("\r\n"),
  ];
  const parts = Object.entries(fields).flatMap(([name, value]) => part(`name="${name}"`, value));
  const brought = file ? part(`name="file"; filename="${file.name.replaceAll('"', "%22")}"`, file.bytes) : [];
  return app.app.inject({
    method: "POST",
    url,
    payload: Buffer.concat([...parts, ...brought, Buffer.from(`--${boundary}--\r\n`)]),
    headers: {
      ...{ host: new URL(app.origin).host, origin: app.origin, accept: "text/html" },
      "content-type": `multipart/form-data; boundary=${boundary}`,
    },
    cookies,
  });
}
