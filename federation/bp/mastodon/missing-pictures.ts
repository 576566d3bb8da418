import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { drawPng } from "../../mastodon/draw-png.ts";
import { MISSING } from "../../mastodon/entities/account.ts";

const AVATAR = 192;
const [WIDTH, HEIGHT] = [600, 200];
const [PAPER, ROSE, LEAF] = [0, 1, 2];

/** Somebody without a picture: head and shoulders, in rose on paper. */
const avatar = drawPng(AVATAR, AVATAR, ["#f6efe4", "#b0475a"], (x, y) => {
  const [across, headUp, bodyUp] = [x - AVATAR / 2, y - 74, y - 190];
  const isHead = across ** 2 + headUp ** 2 < 38 ** 2;
  const isBody = (across / 66) ** 2 + (bodyUp / 66) ** 2 < 1;
  return isHead || isBody ? ROSE : PAPER;
});

/** Above a profile: two hills. */
const header = drawPng(WIDTH, HEIGHT, ["#f6efe4", "#d9a3a0", "#6f8a5b"], (x, y) => {
  if (y > 150 + 24 * Math.sin(x / 70)) return LEAF;
  return y > 120 + 30 * Math.sin(x / 110 + 2) ? ROSE : PAPER;
});

/** GET /avatars/original/missing.png and its like: at the addresses by which apps know that somebody has none. */
export const missingPictures: readonly Route[] = [[MISSING.avatar, avatar] as const, [MISSING.header, header] as const].map(
  ([url, png]) => ({
    method: "GET",
    url,
    config: { origin: "exempt" },
    handler: (_request, reply) => reply.type("image/png").header("cache-control", "public, max-age=86400").send(png),
  }),
);
