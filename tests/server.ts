import { join } from "node:path";
import { type EmbeddedPg, startEmbeddedPg } from "../scripts/embedded-pg.ts";
import { openEngine, startContainer } from "./container.ts";

/** What tests run on when nobody says: a container where it costs no download, the server from npm everywhere else. */
const WISHES = ["auto", "container", "embedded"] as const;
const DATABASE = "template_rose_ash";

/**
 * The PostgreSQL of all tests, and a line that says which. TEST_POSTGRES=container insists, and pulls the image; embedded does not
 * even ask. Otherwise an engine that answers within a second and has the image already is used.
 */
export async function startServer(dir: string): Promise<EmbeddedPg & { words: string }> {
  const wish = WISHES.find((one) => one === (process.env["TEST_POSTGRES"] || "auto"));
  if (wish === undefined) throw new Error(`TEST_POSTGRES is one of ${WISHES.join(", ")}`);
  const engine = wish === "embedded" ? "it was not asked" : await openEngine({ mayPull: wish === "container" });
  if (typeof engine !== "string") return startContainer(engine, DATABASE);
  if (wish === "container") throw new Error(`TEST_POSTGRES=container, but ${engine}`);
  const server = await startEmbeddedPg(join(dir, "pg"), { database: DATABASE });
  return { ...server, words: `PostgreSQL: from npm (a container: ${engine})` };
}
