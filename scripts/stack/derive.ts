import { parse, stringify } from "yaml";

interface Service {
  image?: string;
  ports?: (string | { target: number; published: number; mode: string })[];
  networks?: string[] | Record<string, unknown>;
  environment?: Record<string, string>;
  configs?: { source: string; target: string }[];
  deploy?: { endpoint_mode?: string; [key: string]: unknown };
  [key: string]: unknown;
}

interface Stack {
  services: Record<string, Service>;
  networks: Record<string, Record<string, unknown>>;
  configs: Record<string, Record<string, unknown>>;
  [key: string]: unknown;
}

/** What the proof's stack has beside the production file's. */
export interface TestParts {
  /** Where the gateway listens on this machine. */
  gatewayPort: number;
  /** The programs of its own containers; hash names the config, as configs are immutable. */
  programs: readonly { name: string; path: string; hash: string }[];
  /** Who stands where SumUp would: its address, the checkout it runs from, the file with its key and certificate, and that file's hash. */
  payments: { origin: string; root: string; pem: string; hash: string };
}

/**
 * The production file, changed as little as a kernel without IPVS allows: names resolve to tasks instead of virtual addresses, and a
 * gateway stands where the ingress and the reverse proxy would. Mail goes to a sink of its own. Returns the file and what differs, in words.
 */
export function deriveTestStack(production: string, parts: TestParts): { file: string; differences: string[] } {
  const stack: Stack = parse(production, { merge: true });
  const differences: string[] = [];
  for (const [name, service] of Object.entries(stack.services)) {
    service.deploy = { ...service.deploy, endpoint_mode: "dnsrr" };
    if (service.ports === undefined) continue;
    differences.push(`${name}: port ${String(service.ports)} is not published; the gateway asks it by name`);
    delete service.ports;
  }
  differences.unshift("every service: endpoint_mode dnsrr");
  for (const [name, network] of Object.entries(stack.networks)) {
    network["attachable"] = true;
    differences.push(`network ${name}: attachable, for the seed and the probes`);
  }
  const program = (name: string, rest: Service): Service => ({
    image: "node:24-bookworm-slim",
    command: ["node", `/${name}.ts`],
    configs: [{ source: name, target: `/${name}.ts` }],
    networks: ["web"],
    ...rest,
    deploy: { endpoint_mode: "dnsrr", update_config: { order: "stop-first" } },
  });
  stack.services["gateway"] = program("gateway", {
    environment: { PORT: "8000", PROXY_SECRET_FILE: "/run/secrets/proxy_secret" },
    secrets: ["proxy_secret"],
    ports: [{ target: 8000, published: parts.gatewayPort, mode: "host" }],
  });
  stack.services["mail-sink"] = program("mail-sink", {});
  const { origin, root, pem, hash } = parts.payments;
  stack.services["payments"] = {
    image: "node:24-bookworm-slim",
    command: ["node", "scripts/stack/payments.ts", origin, String(parts.gatewayPort), "/payments.pem"],
    working_dir: root,
    volumes: [{ type: "bind", source: root, target: root, read_only: true }],
    configs: [{ source: "payments_pem", target: "/payments.pem" }],
    networks: { web: { aliases: [new URL(origin).hostname] } },
    extra_hosts: [`cart.rose-ash.localhost:127.0.0.1`],
    ports: [{ target: Number(new URL(origin).port), published: Number(new URL(origin).port), mode: "host" }],
    deploy: { endpoint_mode: "dnsrr", update_config: { order: "stop-first" } },
  };
  stack.configs["payments_pem"] = { file: pem, name: `payments_pem_${hash}` };
  const cart = stack.services["cart"];
  if (cart === undefined) throw new Error("the production file has no cart");
  cart.configs = [...(cart.configs ?? []), { source: "payments_pem", target: "/payments.pem" }];
  cart.environment = { ...cart.environment, NODE_EXTRA_CA_CERTS: "/payments.pem" };
  differences.push("payments: the payment simulator behind TLS, where SUMUP_HOST points; cart trusts its certificate");
  for (const { name, path, hash } of parts.programs) stack.configs[name] = { file: path, name: `${name}_${hash}` };
  differences.push("gateway, mail-sink: two containers more; the gateway stands for ingress and Caddy, the sink for the SMTP server");
  return { file: stringify(stack, { version: "1.1" }), differences };
}
