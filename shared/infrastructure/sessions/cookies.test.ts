import { describe, expect, it } from "vitest";
import { loadSite } from "../config.ts";
import { sessionCookies } from "./cookies.ts";

const site = loadSite({});

describe("our cookies", () => {
  it("are __Host- and Secure on https, so that no sibling host can plant a session", () => {
    const { session, device } = sessionCookies({ PUBLIC_ORIGIN: "https://{app}.rose-ash.com", SITE_DOMAIN: "rose-ash.com" }, site);
    expect(session.name).toBe("__Host-rose_session");
    expect(session.options).toMatchObject({ secure: true, httpOnly: true, sameSite: "lax", path: "/" });
    expect(session.options).not.toHaveProperty("domain");
    expect(device.options).toMatchObject({ secure: true, httpOnly: true, domain: "rose-ash.com" });
  });

  it("work on plain http in development", () => {
    const { session } = sessionCookies({ PUBLIC_ORIGIN: "http://{app}.rose-ash.localhost:8000", SITE_DOMAIN: "rose-ash.localhost" }, site);
    expect(session.name).toBe("rose_session");
    expect(session.options).toMatchObject({ secure: false, httpOnly: true });
  });
});
