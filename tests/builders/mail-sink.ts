import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";

/** A mail as the server got it. from, to: of its envelope. */
export interface SunkMail {
  from: string;
  to: string;
  headers: Readonly<Record<string, string>>;
  text: string;
}

/** A mail server on this machine, as much of RFC 5321 as a client of ours says; it keeps every mail, also one that comes twice. */
export interface MailSink {
  url: string;
  mails(): readonly SunkMail[];
  recipients(): string[];
  forget(): void;
  /** It thinks for so long about each mail. */
  slow(ms: number): void;
  /** What it says to a recipient; null: yes. */
  answer(answer: (to: string) => string | null): void;
  down(): Promise<void>;
  up(): Promise<void>;
  close(): Promise<void>;
}

export async function openMailSink(): Promise<MailSink> {
  const mails: SunkMail[] = [];
  const sockets = new Set<Socket>();
  let slowMs = 0;
  let answerTo: (to: string) => string | null = () => null;
  const serve = (socket: Socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket)).on("error", () => socket.destroy());
    let [buffer, isBody, from, to] = ["", false, "", ""];
    const say = (line: string) => socket.writable && socket.write(`${line}\r\n`);
    const take = (message: string) => {
      const mail = { from, to, ...readMail(message) };
      mails.push(mail); // it has it, whether or not whoever sent it lives to hear so
      setTimeout(() => say("250 2.0.0 taken"), slowMs);
    };
    say("220 sink");
    socket.setEncoding("utf8").on("data", (chunk: string) => {
      buffer += chunk;
      for (;;) {
        const end = buffer.indexOf(isBody ? "\r\n.\r\n" : "\r\n");
        if (end < 0) return;
        const part = buffer.slice(0, end);
        buffer = buffer.slice(end + (isBody ? 5 : 2));
        if (isBody) {
          isBody = false;
          take(part);
          continue;
        }
        const verb = part.slice(0, 4).toUpperCase();
        if (verb === "MAIL") from = /<(.*?)>/.exec(part)?.[1] ?? "";
        if (verb === "RCPT") {
          to = /<(.*?)>/.exec(part)?.[1] ?? "";
          say(answerTo(to) ?? "250 2.1.5 yes");
        } else if (verb === "DATA") {
          isBody = true;
          say("354 go on");
        } else if (verb === "QUIT") socket.end("221 bye\r\n");
        else say("250 yes");
      }
    });
  };
  const server = createServer(serve);
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port } = server.address() as AddressInfo; // it listens on TCP
  const down = async () => {
    for (const socket of sockets) socket.destroy();
    if (server.listening) await new Promise((resolve) => server.close(resolve));
  };
  return {
    url: `smtp://127.0.0.1:${port}`,
    mails: () => mails,
    recipients: () => mails.map(({ to }) => to),
    forget: () => void mails.splice(0),
    slow(ms) {
      slowMs = ms;
    },
    answer(answer) {
      answerTo = answer;
    },
    down,
    up: async () => void (await once(server.listen(port, "127.0.0.1"), "listening")),
    close: down,
  };
}

/** Its head, unfolded, names in lower case; its text parts as they are. */
function readMail(message: string): Pick<SunkMail, "headers" | "text"> {
  const at = message.indexOf("\r\n\r\n");
  const head = message.slice(0, at).replaceAll(/\r\n[ \t]+/g, " ");
  const headers = head
    .split("\r\n")
    .map((line) => [line.slice(0, line.indexOf(":")).toLowerCase(), line.slice(line.indexOf(":") + 1).trim()]);
  return { headers: Object.fromEntries(headers), text: message.slice(at + 4) };
}
