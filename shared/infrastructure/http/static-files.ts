import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import fastifyStatic from "@fastify/static";
import plugin from "fastify-plugin";
import { z } from "zod";

const BUILD = join(import.meta.dirname, "../../static/build");

/** /static: the built assets, named by content. */
export const staticFiles = plugin(async (app) => {
  await app.register(fastifyStatic, {
    ...{ root: BUILD, prefix: "/static/", preCompressed: true },
    ...{ immutable: true, maxAge: "365d", index: false, logLevel: "silent", cacheControl: true },
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
