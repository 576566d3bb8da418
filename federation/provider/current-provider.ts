import type { IncomingMessage, ServerResponse } from "node:http";
import type { FastifyInstance } from "fastify";
import Provider, { type Configuration } from "oidc-provider";
import { compareSecretsByHash } from "./clients.ts";
import { makeConfiguration } from "./configuration.ts";

/** A provider with the keys that were published when it was made. kids: their names. */
interface KeyedProvider {
  oidc: Provider;
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
  kids: string;
}

/** The provider that is in use. */
export interface CurrentProvider {
  get(): KeyedProvider;
  /** Looks once a minute whether keys have rotated: the day of overlap has room for that. */
  refresh(): Promise<void>;
}

interface ProviderOptions {
  renderError: NonNullable<Configuration["renderError"]>;
  /** Called with each provider that is made. */
  prepare(oidc: Provider): void;
}

const CHECKED_EVERY_MS = 60_000;

/** oidc-provider takes keys when it is made, and keeps nothing in memory that would be lost with it: rotated keys make another one. */
export async function openProvider(app: FastifyInstance, options: ProviderOptions): Promise<CurrentProvider> {
  let current = await makeProvider(app, options);
  const now = () => app.runtime.clock.now().getTime();
  let checkedAt = now();
  return {
    get: () => current,
    async refresh() {
      if (now() - checkedAt < CHECKED_EVERY_MS) return;
      checkedAt = now();
      try {
        current = await makeProvider(app, options, current);
      } catch (error) {
        app.log.warn({ err: error }, "the published keys could not be read; those of the last minute stay");
      }
    },
  };
}

async function makeProvider(
  app: FastifyInstance,
  { renderError, prepare }: ProviderOptions,
  before?: KeyedProvider,
): Promise<KeyedProvider> {
  const published = await app.runtime.keys.listPublished("oidc-signing", "ES256");
  const kids = published.map(({ kid }) => kid).join(" ");
  if (before?.kids === kids) return before;
  const jwks = published.map(({ privateJwk }) => ({ ...privateJwk, kty: "EC" as const }));
  const oidc = new Provider(new URL(app.publicUrl("federation", "")).origin, { ...makeConfiguration(app, jwks), renderError });
  compareSecretsByHash(oidc);
  prepare(oidc);
  return { oidc, handle: oidc.callback(), kids };
}
