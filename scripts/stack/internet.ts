/** A container of the proof's stacks: has the names of another co-operative's hosts, and leads to its gateway, as the open internet would. */
import net from "node:net";

net
  .createServer((here) => {
    const there = net.connect(443, process.env["TO"]);
    here.pipe(there).pipe(here);
    here.on("error", () => there.destroy());
    there.on("error", () => here.destroy());
  })
  .listen(443);
process.on("SIGTERM", () => process.exit(0));
