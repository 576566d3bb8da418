import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { APPS } from "@rose-ash/shared/models/apps.ts";
import { ROOT } from "../processes.ts";
import { deriveNeighbour } from "./derive.ts";
import type { Engine } from "./engine.ts";
import {
  converge,
  deployStack,
  makePem,
  makeSecrets,
  NAME,
  originOf,
  programs,
  removeRest,
  type Site,
  seed,
  settingsOf,
  sql,
} from "./stack.ts";
import { publish, signIn, withPage } from "./use-site.ts";

const BETWEEN = `${NAME}-between`;
const PATIENCE_MS = 60_000;
const POST = { title: "Bread for a neighbour", text: "It was baked in the dales." };
const WORDS = { said: "Has anybody flour to spare?", answered: "@ada Two sacks, on Friday" };

interface Coop extends Site {
  port: number;
  subnet: string;
}

/** Addresses of the open internet, in a network that nothing leaves: whatever asks outside asks nobody for what is not. */
const DALES = coop("dales", 18444, "91.190.1.0/24");
const MOORS = coop("moors", 18445, "91.190.2.0/24");
const RULES = [DALES, MOORS].map(({ domain, port }) => `MAP *.${domain}:443 127.0.0.1:${port}`).join(",");

function coop(word: string, port: number, subnet: string): Coop {
  return { name: `${NAME}-${word}`, domain: `${word}.example`, origin: `https://{app}.${word}.example`, port, subnet };
}

/** Two stacks that know nothing of each other but their hosts: a member of one follows the other, reads and answers, and is read. */
export async function federate(engine: Engine, dataDir: string): Promise<string> {
  try {
    await deployBoth(engine, dataDir);
    return await meet(engine);
  } finally {
    for (const site of [DALES, MOORS]) await removeRest(engine, site); // in the order in which they came: the second has the configs of both
    await engine.docker("network", "rm", BETWEEN).catch(() => "it is gone");
  }
}

async function deployBoth(engine: Engine, dataDir: string): Promise<void> {
  const networks = await engine.docker("network", "ls", "--format", "{{.Name}}");
  if (!networks.split("\n").includes(BETWEEN)) await engine.docker("network", "create", "--driver", "overlay", BETWEEN);
  const hosts = ({ domain }: Site) => APPS.map((app) => `${app}.${domain}`);
  const tls = makePem(dataDir, "two-coops", [...hosts(DALES), ...hosts(MOORS)]);
  for (const [site, other] of [
    [DALES, MOORS],
    [MOORS, DALES],
  ] as const) {
    const own = join(dataDir, site.name);
    makeSecrets(own);
    const file = `docker-compose.${site.domain}.yml`; // beside the other: paths in it are relative to it
    const production = readFileSync(join(ROOT, "docker-compose.yml"), "utf8");
    const parts = {
      ...{ programs: programs("gateway", "mail-sink", "internet"), port: site.port, subnet: site.subnet, tls },
      ...{ other: { hosts: hosts(other), gateway: `gateway-of-${other.name}` }, gateway: `gateway-of-${site.name}`, between: BETWEEN },
    };
    writeFileSync(join(ROOT, file), deriveNeighbour(production, parts));
    await deployStack(engine, file, { ...settingsOf(own, site), REPLICAS: "1" });
  }
  await converge(engine, 480); // fifteen containers each, all at once
  for (const site of [DALES, MOORS]) await seed(engine, join(dataDir, site.name), site);
}

async function meet(engine: Engine): Promise<string> {
  return withPage(async (bilal) => {
    await enter(engine, bilal, MOORS, "Bilal Rahman", "bilal@rose-ash.example");
    for (const name of [`@blog@blog.${DALES.domain}`, `@ada@federation.${DALES.domain}`]) {
      await bilal.goto(`${originOf(MOORS, "federation")}/following`);
      await bilal.getByLabel("Whom would you like to follow?").fill(name);
      await bilal.getByRole("button", { name: "Follow" }).first().click();
      await bilal.getByText("They are asked").first().waitFor();
    }
    const accepted = `select count(*) from ap_follows where follower like '%moors.example/%' and followed like '%dales.example/%' and state = 'accepted'`;
    await untilIs(engine, DALES, accepted, "2");
    await untilIs(engine, MOORS, accepted, "2");

    await withPage(async (ada) => {
      await enter(engine, ada, DALES, "Ada Marlowe", "ada@rose-ash.example");
      await publish(ada, DALES, POST);
      await ada.goto(`${originOf(DALES, "federation")}/`);
      await ada.getByLabel("What would you like to say?").fill(WORDS.said);
      await ada.getByRole("button", { name: "Publish" }).click();
      await ada.getByText(WORDS.said).first().waitFor();
    }, RULES);
    await untilIs(engine, MOORS, `select count(*) from ap_documents where type = 'Article' and name = '${POST.title}'`, "1");
    await untilIs(engine, MOORS, `select count(*) from ap_documents where html like '%${WORDS.said}%'`, "1");

    await bilal.goto(`${originOf(MOORS, "federation")}/`);
    const said = bilal.getByRole("article").filter({ hasText: WORDS.said });
    await said.getByRole("button", { name: /^Like/ }).click();
    await said.getByRole("link", { name: /^Reply/ }).click();
    await bilal.getByLabel(/^Your reply/).fill(WORDS.answered);
    await bilal.getByRole("button", { name: "Publish" }).click();
    await bilal.getByText("Two sacks").first().waitFor();
    await untilIs(engine, DALES, `select count(*) from ap_documents where html like '%Two sacks%' and actor like '%moors.example/%'`, "1");
    await untilIs(engine, DALES, `select count(*) from ap_reactions where type = 'Like' and actor like '%moors.example/%'`, "1");
    return "follows accepted, an article and a post from there, a reply and a like from here; each kept by both";
  }, RULES);
}

async function enter(engine: Engine, page: Parameters<typeof signIn>[1], site: Site, name: string, email: string): Promise<void> {
  await signIn(engine, page, () => page.getByRole("button", { name: `Sign in as ${name}` }).click(), email, site);
}

/** Waits until a statement answers so at a site. */
async function untilIs(engine: Engine, site: Site, statement: string, wanted: string): Promise<void> {
  const until = Date.now() + PATIENCE_MS;
  for (;;) {
    const is = await sql(engine, statement, site);
    if (is === wanted) return;
    if (Date.now() > until) throw new Error(`${site.domain}: "${statement}" is ${is}, not ${wanted}`);
    await delay(500);
  }
}
