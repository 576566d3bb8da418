import { APPS } from "@rose-ash/shared/models/apps.ts";
import { chromium } from "playwright-core";
import type { Engine } from "./engine.ts";
import { GATEWAY_PORT, serviceOf } from "./stack.ts";

const originOf = (app: string) => `http://${app}.rose-ash.localhost:${GATEWAY_PORT}`;

/** A guest takes a product, joins at blog by the link in the mail, and is signed in at all six with the product still in the cart. */
export async function signInAcross(engine: Engine, email: string): Promise<string> {
  const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });
  try {
    const page = await browser.newPage();
    await page.goto(`${originOf("market")}/products/rye-sourdough`);
    await page.getByRole("button", { name: "Add to cart" }).first().click();
    await page.goto(`${originOf("blog")}/auth/login`);
    await page.getByLabel("Your mail address").fill(email);
    await page.getByRole("button", { name: "Send me a link" }).click();
    await page.getByRole("heading", { name: "Look into your mailbox" }).waitFor();
    await page.goto(await linkFor(engine, email));
    await page.getByLabel("Your name").fill("Wren Hollis");
    await page.getByRole("button", { name: "Join and sign in" }).click();
    await page.waitForURL(`${originOf("blog")}/**`);
    for (const app of APPS) {
      await page.goto(`${originOf(app)}/`);
      if ((await page.getByRole("link", { name: "Sign in", exact: true }).count()) > 0) throw new Error(`not signed in at ${app}`);
    }
    await page.goto(`${originOf("cart")}/`);
    if (!(await page.content()).includes("Rye sourdough")) throw new Error("the guest's product is not in the member's cart");
    return `signed in at ${APPS.length} of ${APPS.length}, the guest's product still there`;
  } finally {
    await browser.close();
  }
}

/** The link in the newest mail to this address. */
async function linkFor(engine: Engine, email: string): Promise<string> {
  for (let tries = 0; tries < 40; tries++) {
    const lines = (await engine.docker("service", "logs", "--raw", serviceOf("mail-sink")))
      .split("\n")
      .filter((line) => line.startsWith("{"));
    const mails: { to: string[]; message: string }[] = lines.map((line) => JSON.parse(line));
    const mail = mails.findLast(({ to }) => to.includes(email));
    // quoted-printable breaks lines with "=" and writes "=" as =3D (RFC 2045 §6.7)
    const text = mail?.message.replaceAll("=\r\n", "").replaceAll("=3D", "=");
    const [link] = /http:\/\/federation\.[^\s"<]+/.exec(text ?? "") ?? [];
    if (link !== undefined) return link;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  throw new Error(`no mail for ${email} arrived`);
}
