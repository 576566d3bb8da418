import { adminOf, adminOnly } from "@rose-ash/shared/infrastructure/admin/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import type { GhostImportId } from "@rose-ash/shared/models/ids.ts";
import type { FastifyReply, FastifyRequest } from "fastify";
import { importParts, isKeptInStep, MOST_EXPORT_BYTES, planExport, readExport } from "../../../../services/ghost/index.ts";
import { sendGhost } from "../send-ghost.ts";
import { type BroughtExport, receiveExport } from "./receive-export.ts";

const MOST_NAME = 200;

/** POST /admin/ghost/imports: reads an exported file and shows what would come of it. Nothing of it is here yet. */
export const bringExport: Route = {
  method: "POST",
  url: "/admin/ghost/imports",
  bodyLimit: MOST_EXPORT_BYTES + 1_000_000,
  onRequest: adminOnly("edit"),
  async handler(request, reply) {
    const brought = await receiveExport(request);
    const answer = await take(request, brought);
    if (typeof answer === "number") return reply.redirect(`/admin/ghost/imports/${answer}`, 303);
    return giveBack(request, reply, brought, answer);
  },
};

type Mistakes = Partial<Record<"file" | "siteUrl", string>>;

/** The file's number here; or what is wrong, by field. */
async function take(request: FastifyRequest, { siteUrl, file, isTooLarge }: BroughtExport): Promise<GhostImportId | Mistakes> {
  const { ghostParts, services, transaction } = request.server;
  const site = siteOf(siteUrl);
  const wrongSite = site === null ? { siteUrl: "Write an address that begins with https://, or leave it empty." } : {};
  if (isTooLarge) return { ...wrongSite, file: `It is larger than ${MOST_EXPORT_BYTES / 1_000_000} MB.` };
  if (file === null) return { ...wrongSite, file: "Choose a file first." };
  const read = await readExport(file.bytes);
  if (read.kind === "refused") return { ...wrongSite, file: read.message };
  if (site === null) return wrongSite;
  const context = { parts: importParts(ghostParts, site), isKeptInStep: await isKeptInStep(ghostParts) };
  const { version: ghostVersion, exportedAt } = read.file;
  const described = { name: nameOf(file.name), siteUrl: site, ghostVersion, exportedAt, by: adminOf(request).userId };
  return transaction((tx) => services.ghostImports.add(tx, described, planExport(context, read.file)));
}

function giveBack(request: FastifyRequest, reply: FastifyReply, { siteUrl }: BroughtExport, mistakes: Mistakes): Promise<FastifyReply> {
  return sendGhost(request, reply.code(422), { siteUrl: siteUrl.slice(0, 500), mistakes });
}

/** Without what Ghost's own pages have behind it; "" for none; null: it is no address. */
function siteOf(written: string): string | null {
  const trimmed = written.trim().replace(/\/+$/, "");
  if (trimmed === "") return "";
  const url = URL.parse(trimmed);
  if (url === null || !/^https?:$/.test(url.protocol) || url.username || url.password || url.search || url.hash) return null;
  return trimmed.length > 500 ? null : url.href.replace(/\/ghost\/?$/, "").replace(/\/+$/, "");
}

function nameOf(name: string): string {
  const last = name.split(/[/\\]/).at(-1) ?? "";
  return last.replaceAll("\0", "").toWellFormed().slice(0, MOST_NAME) || "export.json";
}
