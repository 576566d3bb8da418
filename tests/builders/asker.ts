import Fastify from "fastify";
import type { Viewer } from "../../shared/contracts/viewer.ts";
import type { Asker } from "../../shared/infrastructure/fragments/ask-owner.ts";
import type { DeviceId, ProviderSessionId, UserId } from "../../shared/models/ids.ts";

/** A guest in a browser that is known by this word. */
export function aGuest(device: string | null): Viewer {
  return { kind: "guest", deviceId: device as DeviceId | null };
}

/** Somebody signed in. */
export function aMemberViewer(userId: number): Viewer {
  return {
    kind: "member",
    userId: userId as UserId,
    handle: "ada",
    name: "Ada",
    deviceId: null,
    providerSession: "s" as ProviderSessionId,
  };
}

/** Who asks for fragments, with the lines that were logged on the way. */
export function anAsker(viewer: Viewer, fragmentPath = ""): Asker & { lines: string[] } {
  const lines: string[] = [];
  const { log } = Fastify({ logger: { level: "warn", stream: { write: (line: string) => void lines.push(line) } } });
  return { viewer, id: "0190-of-ada", log, fragmentPath, isKeptPage: false, lines };
}
