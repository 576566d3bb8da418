/** A container of the proof's stack: takes mail by SMTP (RFC 5321, as much as a client of ours says) and prints each message as a line of JSON. */
import net from "node:net";

net
  .createServer((socket) => {
    let text = "";
    let isBody = false;
    const to: string[] = [];
    const say = (line: string) => socket.write(`${line}\r\n`);
    say("220 sink");
    socket.setEncoding("utf8").on("data", (chunk) => {
      text += chunk;
      for (;;) {
        const end = text.indexOf(isBody ? "\r\n.\r\n" : "\r\n");
        if (end < 0) return;
        const part = text.slice(0, end);
        text = text.slice(end + (isBody ? 5 : 2));
        if (isBody) {
          isBody = false;
          process.stdout.write(`${JSON.stringify({ to: to.splice(0), message: part })}\n`);
          say("250 taken");
          continue;
        }
        const verb = part.slice(0, 4).toUpperCase();
        if (verb === "RCPT") to.push(/<(.*)>/.exec(part)?.[1] ?? "");
        if (verb === "DATA") {
          isBody = true;
          say("354 go on");
        } else if (verb === "QUIT") socket.end("221 bye\r\n");
        else say("250 yes");
      }
    });
    socket.on("error", () => socket.destroy());
  })
  .listen(2525);
process.on("SIGTERM", () => process.exit(0));
