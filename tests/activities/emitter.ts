// Emits one activity, and ends as kill -9 does: before the commit, or between it and the hint.
import { anOutbox } from "../builders/outbox.ts";

export type EmitterStep = "emitted" | "committed";

const [url = "", killAt] = process.argv.slice(2);
const outbox = anOutbox(url);
await outbox.db.transaction(async (tx) => {
  await outbox.emit(tx, { originApp: "blog", actorId: null, type: "Like", object: { type: "Post", id: "rye" } });
  if (killAt === "emitted") process.kill(process.pid, "SIGKILL");
});
process.kill(process.pid, "SIGKILL");
