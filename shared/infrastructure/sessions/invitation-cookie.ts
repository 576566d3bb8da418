import type { FastifyReply, FastifyRequest } from "fastify";
import type { BaseConfig } from "../config.ts";
import { isHttps } from "./cookies.ts";

const NAME = "rose_invitation";
const HOUR_SECONDS = 3600;

type Config = Pick<BaseConfig, "PUBLIC_ORIGIN" | "SITE_DOMAIN">;

/** Remembers in this browser, for an hour, that it came with an invitation: the sign-in is at another host. */
export function keepInvitation(reply: FastifyReply, config: Config, token: string): void {
  reply.setCookie(NAME, token, { ...optionsOf(config), maxAge: HOUR_SECONDS });
}

/** Of the whole invitation the secret half; "": this browser brought none. */
export function invitationOf({ cookies }: Pick<FastifyRequest, "cookies">): string {
  return cookies[NAME] ?? "";
}

export function dropInvitation(reply: FastifyReply, config: Config): void {
  reply.clearCookie(NAME, optionsOf(config));
}

function optionsOf(config: Config) {
  return { path: "/", httpOnly: true, sameSite: "lax", secure: isHttps(config), domain: config.SITE_DOMAIN } as const;
}
