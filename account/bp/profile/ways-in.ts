import type { Services } from "@rose-ash/shared/contracts/services.ts";
import type { PublicUrl } from "@rose-ash/shared/infrastructure/service-deps.ts";
import type { UserId } from "@rose-ash/shared/models/ids.ts";

/** How a member gets in, as federation keeps it. latest: when it was used or made last; null: never, or there is none. */
interface WayIn {
  readonly name: string;
  readonly url: string;
  readonly count: number;
  readonly words: readonly [one: string, several: string];
  readonly latest: Date | null;
  readonly latestWords: string;
}

/** Passkeys, sign-ins, connected apps and apps of one's own, each with its page. */
export async function listWaysIn({ passkeys, identity, oauthClients }: Services, publicUrl: PublicUrl, userId: UserId): Promise<WayIn[]> {
  const [keys, signIns, connected, own] = await Promise.all([
    passkeys.listPasskeys(userId),
    identity.listSignIns(userId),
    oauthClients.listConnected(userId),
    oauthClients.listClientsOf(userId),
  ]);
  const at = (path: string) => publicUrl("federation", path);
  const used = latestOf(keys.map(({ lastUsedAt }) => lastUsedAt));
  return [
    {
      ...{ name: "Passkeys", url: at("/settings/passkeys"), count: keys.length, words: ["passkey", "passkeys"] },
      ...{ latest: used, latestWords: "last used" },
    },
    {
      ...{ name: "Browsers and devices", url: at("/settings/sign-ins"), count: signIns.length, words: ["place", "places"] },
      ...{ latest: latestOf(signIns.map(({ since }) => since)), latestWords: "last sign-in" },
    },
    {
      ...{ name: "Connected apps", url: at("/settings/connections"), count: connected.length, words: ["app", "apps"] },
      ...{ latest: latestOf(connected.map(({ since }) => since)), latestWords: "last let in" },
    },
    {
      ...{ name: "Apps that you build", url: at("/settings/apps"), count: own.length, words: ["app", "apps"] },
      ...{ latest: latestOf(own.map(({ createdAt }) => createdAt)), latestWords: "last made" },
    },
  ];
}

function latestOf(instants: readonly (Date | null)[]): Date | null {
  const times = instants.flatMap((at) => at?.getTime() ?? []);
  return times.length === 0 ? null : new Date(Math.max(...times));
}
