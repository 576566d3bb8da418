import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { systemClock } from "../clock.ts";
import { openMailer } from "./mailer.ts";

const folder = mkdtempSync(join(tmpdir(), "rose-ash-mail-"));
afterAll(() => rmSync(folder, { recursive: true }));
const development = {
  DEPLOYMENT: "development",
  SITE_DOMAIN: "rose-ash.localhost",
  HOST: "127.0.0.1",
  MAIL_FROM: "Rose Ash <post@rose-ash.localhost>",
} as const;
const mail = { to: "ada@example.org", subject: "Hello", text: "Good morning", html: "<p>Good morning</p>" };

describe("MAIL_URL=file:…", () => {
  it("keeps each mail whole in the folder", async () => {
    await openMailer({ ...development, MAIL_URL: `file:${folder}` }, systemClock).send(mail);
    const [name = ""] = readdirSync(folder);
    expect(JSON.parse(readFileSync(join(folder, name), "utf8"))).toMatchObject({ ...mail, from: development.MAIL_FROM });
  });

  it.each([
    ["in production", { DEPLOYMENT: "production" }],
    ["under a public domain", { SITE_DOMAIN: "rose-ash.com" }],
    ["on an open listener", { HOST: "0.0.0.0" }],
  ] as const)("is refused %s", (_where, change) => {
    expect(() => openMailer({ ...development, ...change, MAIL_URL: `file:${folder}` }, systemClock)).toThrow("is for development");
  });
});

describe("MAIL_URL=smtp://…", () => {
  it("hands the mail to the server", async () => {
    const server = aMailServer();
    await once(server.listen(0, "127.0.0.1"), "listening");
    const { port } = server.address() as AddressInfo; // it listens on TCP
    await openMailer({ ...development, DEPLOYMENT: "production", MAIL_URL: `smtp://127.0.0.1:${port}` }, systemClock).send(mail);
    expect(server.taken).toContain("RCPT TO:<ada@example.org>");
    expect(server.taken).toContain("Subject: Hello");
    server.close();
  });

  it("rejects when there is no server", async () => {
    const mailer = openMailer({ ...development, MAIL_URL: "smtp://127.0.0.1:9" }, systemClock);
    await expect(mailer.send(mail)).rejects.toThrow();
  });
});

/** As much of RFC 5321 as one mail takes; remembers what it was told. */
function aMailServer() {
  const server = createServer((socket) => {
    let isData = false;
    socket.write("220 test\r\n");
    socket.on("data", (chunk) => {
      const text = chunk.toString();
      told.taken += text;
      if (isData) isData = !text.endsWith("\r\n.\r\n");
      else isData = text.startsWith("DATA");
      socket.write(isData && text.startsWith("DATA") ? "354 go on\r\n" : isData ? "" : "250 fine\r\n");
    });
    socket.on("error", () => undefined);
  });
  const told = Object.assign(server, { taken: "" });
  return told;
}
