import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { hashToken } from "@rose-ash/shared/infrastructure/keys/index.ts";
import type { Browser, BrowserContext, CDPSession, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { faultsOf, launchChrome } from "./chrome.ts";
import { personOf } from "./sign-in.ts";
import { openTestSite, type TestSite } from "./site.ts";
import { tools } from "./tools.ts";

describe.runIf(tools.chromium)("passkeys, in a real browser with a virtual authenticator", () => {
  let site: TestSite;
  let chrome: Browser;

  beforeAll(async () => {
    site = await openTestSite(["blog", "federation"]);
    chrome = await launchChrome();
  });
  afterAll(async () => {
    await chrome?.close();
    await site?.close();
  });

  it("are added, sign in without a name being typed, are renamed, removed, and then sign in no more", async () => {
    const { page, context } = await aBrowser();
    await signIn(page, "Ada");
    await add(page, "My phone");
    expect(await page.locator("#page-notice").textContent()).toContain("The passkey is added");
    expect(await page.getByRole("heading", { name: "My phone" }).count()).toBe(1);
    expect(await site.services.passkeys.listPasskeys((await personOf(site, "ada")).userId)).toHaveLength(1);
    expect(mailsAbout("A passkey was added")).toHaveLength(1);

    await signOut(page);
    await signInWithPasskey(page);
    await page.waitForURL(site.url("blog", "/"));
    expect(await signedInAs(page)).toBe("Ada Marlowe");

    await page.goto(site.url("federation", "/settings/passkeys"));
    expect(await page.locator("main").textContent()).toContain("used last");
    await page.getByText("Another name").click();
    await page.getByLabel("New name").fill("  The old phone ");
    await page.getByRole("button", { name: "Save the name" }).click();
    expect(await page.getByRole("heading", { name: "The old phone" }).count()).toBe(1);

    await page.getByRole("link", { name: "Remove" }).click();
    expect(await page.getByRole("heading", { level: 1 }).textContent()).toBe("Remove The old phone?");
    await page.getByRole("button", { name: "Remove it" }).click();
    expect(await page.getByText("No passkey yet").count()).toBe(1);

    await signOut(page);
    await signInWithPasskey(page);
    await page.getByRole("alert").first().waitFor();
    expect(await page.locator("main").textContent()).toContain("That passkey could not be used");
    await context.close();
  });

  it("do nothing when the person declines, and say so", async () => {
    const { page, context, authenticator } = await aBrowser();
    await signIn(page, "Bilal");
    await add(page, "Laptop");
    await signOut(page);
    await authenticator.send("WebAuthn.setUserVerified", { authenticatorId: authenticator.id, isUserVerified: false });
    await signInWithPasskey(page);
    await page.getByText("Nothing was chosen").waitFor();
    expect(page.url()).toContain("/sign-in/");
    await context.close();
  });

  it("sign in once by each answer: the one that was sent is of no use a second time, nor in another sign-in", async () => {
    const { page, context } = await aBrowser();
    await signIn(page, "Carys");
    await add(page, "Key ring");
    await signOut(page);
    let sent = "";
    page.on("request", (request) => {
      if (request.method() === "POST" && request.url().endsWith("/passkey")) sent = request.postData() ?? "";
    });
    await signInWithPasskey(page);
    await page.waitForURL(site.url("blog", "/"));
    expect(sent).toContain("answer=");

    const thief = await aBrowser();
    await thief.page.goto(site.url("blog", "/auth/login?next=/"));
    const answer = new URLSearchParams(sent).get("answer") ?? "";
    expect(await replay(thief.page, answer)).toContain("That passkey could not be used");
    expect(await replay(page, answer, site.url("blog", "/auth/login?next=/"))).toBeNull(); // signed in: there is no sign-in to answer
    await thief.context.close();
    await context.close();
  });

  it("stop working when their counter goes back: there are two of them then", async () => {
    const { page, context, authenticator } = await aBrowser();
    await signIn(page, "Dov");
    await add(page, "Cloned");
    await site.db.execute("update passkeys set counter = 1000 where name = 'Cloned'");
    await signOut(page);
    await signInWithPasskey(page);
    await page.getByText("That passkey could not be used").first().waitFor();
    const { credentials } = await authenticator.send("WebAuthn.getCredentials", { authenticatorId: authenticator.id });
    expect(credentials[0]?.signCount).toBeLessThan(1000);
    await context.close();
  });

  it("are refused for the second time on one authenticator, in words", async () => {
    const { page, context } = await aBrowser();
    await signIn(page, "Efua");
    await add(page, "First");
    await page.getByLabel("What would you like to call it?").fill("Second");
    await page.getByRole("button", { name: "Add a passkey" }).click();
    await page.getByText("This device has a passkey of yours").waitFor();
    await context.close();
  });

  it("hide themselves where scripts are off: links by mail are all there is", async () => {
    const context = await chrome.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await signIn(page, "Grace");
    await page.goto(site.url("federation", "/settings/passkeys"));
    expect(await page.getByRole("button", { name: "Add a passkey" }).isVisible()).toBe(false);
    expect(await page.getByText("This browser can't make one here").isVisible()).toBe(true);
    await context.close();
  });

  const PAGES = ["/settings", "/settings/sign-ins", "/settings/passkeys", "/settings/connections", "/settings/apps", "/settings/apps/new"];
  it.each([
    ["light", 1440],
    ["dark", 360],
  ] as const)(
    "stand on pages of settings without a finding of axe and with nothing sticking out: %s, %d px",
    async (colorScheme, width) => {
      const { page, context } = await aBrowser({ colorScheme, width });
      await signIn(page, "Hamish");
      await add(page, "A name of a passkey that is as long as it may be, sixty letters");
      for (const path of PAGES) {
        await page.goto(site.url("federation", path));
        expect(await faultsOf(page)).toEqual([]);
      }
      await page.getByRole("button", { name: "Register it" }).click({ noWaitAfter: true });
      await page.getByLabel("Name of the app").fill("Bread Diary");
      await page.getByLabel("Addresses to come back to after signing in").fill("https://bread.example/signed-in");
      await page.getByRole("button", { name: "Register it" }).click();
      await page.getByText("Copy the secret now").waitFor();
      expect(await faultsOf(page)).toEqual([]);
      await page.getByRole("link", { name: "Remove the app" }).click();
      expect(await faultsOf(page)).toEqual([]);
      await signOut(page);
      await page.goto(site.url("blog", "/auth/login?next=/"));
      expect(await faultsOf(page)).toEqual([]);
      await context.close();
    },
  );

  interface Authenticator extends Pick<CDPSession, "send"> {
    id: string;
  }

  async function aBrowser({ colorScheme = "light", width = 1000 }: { colorScheme?: "light" | "dark"; width?: number } = {}) {
    const context: BrowserContext = await chrome.newContext({ colorScheme, viewport: { width, height: 900 } });
    const page = await context.newPage();
    const session = await context.newCDPSession(page);
    await session.send("WebAuthn.enable");
    const { authenticatorId } = await session.send("WebAuthn.addVirtualAuthenticator", {
      options: {
        protocol: "ctap2",
        transport: "internal",
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
      },
    });
    const authenticator: Authenticator = { send: session.send.bind(session), id: authenticatorId };
    return { context, page, authenticator };
  }

  async function signIn(page: Page, name: string): Promise<void> {
    await page.goto(site.url("blog", "/auth/login?next=/"));
    await page.getByRole("button", { name, exact: false }).first().click();
    await page.waitForURL(site.url("blog", "/"));
  }

  async function signOut(page: Page): Promise<void> {
    await page.goto(site.url("blog", "/auth/logout"));
    await page.getByRole("button", { name: "Sign out everywhere" }).click();
    await page.waitForURL(site.url("blog", "/"));
  }

  async function add(page: Page, name: string): Promise<void> {
    await page.goto(site.url("federation", "/settings/passkeys"));
    await page.getByLabel("What would you like to call it?").fill(name.slice(0, 60));
    await page.getByRole("button", { name: "Add a passkey" }).click();
    await page.getByText("The passkey is added").first().waitFor();
  }

  async function signInWithPasskey(page: Page): Promise<void> {
    await page.goto(site.url("blog", "/auth/login?next=/"));
    await page.getByRole("button", { name: "Sign in with a passkey" }).click();
  }

  async function signedInAs(page: Page): Promise<string | undefined> {
    const cookie = (await page.context().cookies(page.url())).find(({ name }) => name === "rose_session");
    return (await site.services.identity.findSession("blog", hashToken(cookie?.value ?? "")))?.name;
  }

  /** Puts an answer that was caught into the form of the page's sign-in and sends it; what the page says then. */
  async function replay(page: Page, answer: string, at?: string): Promise<string | null> {
    if (at !== undefined) await page.goto(at);
    const form = page.locator("form[data-passkey]");
    if ((await form.count()) === 0) return null;
    await page.evaluate(
      `const form = document.querySelector("form[data-passkey]"); form.elements.answer.value = ${JSON.stringify(answer)}; form.submit();`,
    );
    await page.getByRole("alert").first().waitFor();
    return page.locator("main").textContent();
  }

  function mailsAbout(subject: string): string[] {
    const files = readdirSync(site.mailDir).map((name) => readFileSync(join(site.mailDir, name), "utf8"));
    return files.filter((text) => text.includes(subject));
  }
});
