import { createServer } from "node:net";

/** A mail server that takes everything and counts it, as much of RFC 5321 as a client of ours says. Copies count as well. */
let count = 0;
const server = createServer((socket) => {
  let [buffer, isBody] = ["", false];
  socket.write("220 sink\r\n");
  socket.on("error", () => socket.destroy());
  socket.setEncoding("latin1").on("data", (chunk: string) => {
    buffer += chunk;
    for (;;) {
      const end = buffer.indexOf(isBody ? "\r\n.\r\n" : "\r\n");
      if (end < 0) return;
      const verb = isBody ? "" : buffer.slice(0, 4).toUpperCase();
      buffer = buffer.slice(end + (isBody ? 5 : 2));
      if (isBody) count++;
      isBody = verb === "DATA";
      if (verb === "QUIT") socket.end("221 bye\r\n");
      else socket.write(isBody ? "354 go on\r\n" : "250 yes\r\n");
    }
  });
});
server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  process.send?.(typeof address === "object" ? address?.port : 0);
});
process.on("message", () => process.send?.(count));
