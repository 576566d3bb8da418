import { createHash } from "node:crypto";
import { mkdirSync, readFileSync } from "node:fs";
import { extname, join, resolve } from "node:path";
import fastifyStatic from "@fastify/static";
import plugin from "fastify-plugin";
import { z } from "zod";
import { MEDIA_TYPES } from "../../models/media.ts";

const BUILD = join(import.meta.dirname, "../../static/build");

const TYPES = new Map(Object.entries(MEDIA_TYPES).map(([type, { kind, extension }]) => [`.${extension}`, { type, kind }]));

/**
 * /static: the built assets, named by content. /media: what is stored, named by content; opened alone it can run nothing, and
 * documents are handed over to be saved. Names that begin with a dot are files on their way in.
 */
export const staticFiles = plugin<{ mediaDir: string }>(async (app, { mediaDir }) => {
  const forever = { immutable: true, maxAge: "365d", index: false, logLevel: "silent", cacheControl: true } as const;
  const media = resolve(mediaDir);
  mkdirSync(media, { recursive: true });
  await app.register(fastifyStatic, { ...forever, root: BUILD, prefix: "/static/", preCompressed: true });
  await app.register(fastifyStatic, {
    ...forever,
    root: media,
    prefix: "/media/",
    decorateReply: false,
    dotfiles: "ignore",
    setHeaders(reply, path) {
      const known = TYPES.get(extname(path));
      if (known) void reply.header("content-type", known.type);
      if (known?.kind === "document") void reply.header("content-disposition", "attachment");
      void reply.header("content-security-policy", "default-src 'none'; style-src 'unsafe-inline'; sandbox");
    },
  });
});

/** Names what the assets were built from: a page of another build asks for files that are no longer there. */
export function buildId(): string {
  return createHash("sha256")
    .update(readFileSync(join(BUILD, "manifest.json")))
    .digest("base64url")
    .slice(0, 8);
}

/** Reads the manifest of the built assets. The answer gives the URL of an asset by its plain name. */
export function makeAssetUrl(): (name: string) => string {
  const manifest = z.record(z.string(), z.string()).parse(JSON.parse(readFileSync(join(BUILD, "manifest.json"), "utf8")));
  return (name) => {
    const file = manifest[name];
    if (file === undefined) throw new Error(`no asset called ${name}`);
    return `/static/${file}`;
  };
}
