import { APPS } from "@rose-ash/shared/models/apps.ts";
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

/** A program of a container of its own; hash names the config, as configs are immutable. */
interface Program {
  name: string;
  path: string;
  hash: string;
}

/** A file with key and certificate, and its hash. */
interface Pem {
  pem: string;
  hash: string;
}

/** What the proof's stack has beside the production file's. */
export interface TestParts {
  /** Where the gateway listens on this machine. */
  gatewayPort: number;
  programs: readonly Program[];
  /** Who stands where SumUp would: its address, and the checkout it runs from. */
  payments: Pem & { origin: string; root: string };
}

/** One of two co-operatives that meet: what it needs beside the production file's. */
export interface NeighbourParts {
  programs: readonly Program[];
  /** Where its gateway listens on this machine, for a browser. */
  port: number;
  /** Its network's addresses: of the open internet, as to others nothing is sent. */
  subnet: string;
  /** For all hosts of both. */
  tls: Pem;
  /** The hosts of the other, and what its gateway is called in the network between the two. */
  other: { hosts: readonly string[]; gateway: string };
  /** What its own gateway is called there. */
  gateway: string;
  /** The network between the two. */
  between: string;
}

/**
 * The production file, changed as little as a kernel without IPVS allows: names resolve to tasks instead of virtual addresses, and a
 * gateway stands where the ingress and the reverse proxy would. Mail goes to a sink of its own. Returns the file and what differs, in words.
 */
export function deriveTestStack(production: string, parts: TestParts): { file: string; differences: string[] } {
  const { stack, differences } = withoutIngress(production);
  for (const [name, network] of Object.entries(stack.networks)) {
    network["attachable"] = true;
    differences.push(`network ${name}: attachable, for the seed and the probes`);
  }
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
  trust(stack, ["cart"], "payments_pem");
  differences.push("payments: the payment simulator behind TLS, where SUMUP_HOST points; cart trusts its certificate");
  addPrograms(stack, parts.programs);
  differences.push("gateway, mail-sink: two containers more; the gateway stands for ingress and Caddy, the sink for the SMTP server");
  return { file: stringify(stack, { version: "1.1" }), differences };
}

/**
 * One of two co-operatives on a made-up internet: nothing but TLS to the other's hosts leads from one to the other. Their network has
 * addresses that count as public, so that the guard of what is asked outside is left as it is.
 */
export function deriveNeighbour(production: string, parts: NeighbourParts): string {
  const { stack } = withoutIngress(production);
  stack.networks["web"] = { ...stack.networks["web"], ipam: { config: [{ subnet: parts.subnet }] } };
  stack.networks["data"] = { ...stack.networks["data"], attachable: true }; // for the seed
  stack.networks["between"] = { external: true, name: parts.between };
  stack.configs["tls_pem"] = { file: parts.tls.pem, name: `tls_pem_${parts.tls.hash}` };
  stack.services["gateway"] = program("gateway", {
    environment: { PORT: "443", PROXY_SECRET_FILE: "/run/secrets/proxy_secret", PEM_FILE: "/tls.pem" },
    secrets: ["proxy_secret"],
    configs: [
      { source: "gateway", target: "/gateway.ts" },
      { source: "tls_pem", target: "/tls.pem" },
    ],
    networks: { web: {}, between: { aliases: [parts.gateway] } },
    ports: [{ target: 443, published: parts.port, mode: "host" }],
  });
  stack.services["internet"] = program("internet", {
    environment: { TO: parts.other.gateway },
    networks: { web: { aliases: parts.other.hosts }, between: {} },
  });
  stack.services["mail-sink"] = program("mail-sink", {});
  trust(stack, APPS, "tls_pem");
  addPrograms(stack, parts.programs);
  return stringify(stack, { version: "1.1" });
}

/** The production file with names that resolve to tasks and without published ports. */
function withoutIngress(production: string): { stack: Stack; differences: string[] } {
  const stack: Stack = parse(production, { merge: true });
  const differences = ["every service: endpoint_mode dnsrr"];
  for (const [name, service] of Object.entries(stack.services)) {
    service.deploy = { ...service.deploy, endpoint_mode: "dnsrr" };
    if (service.ports === undefined) continue;
    differences.push(`${name}: port ${String(service.ports)} is not published; the gateway asks it by name`);
    delete service.ports;
  }
  return { stack, differences };
}

function program(name: string, rest: Service): Service {
  return {
    image: "node:24-bookworm-slim",
    command: ["node", `/${name}.ts`],
    configs: [{ source: name, target: `/${name}.ts` }],
    networks: ["web"],
    ...rest,
    deploy: { endpoint_mode: "dnsrr", update_config: { order: "stop-first" } },
  };
}

function addPrograms(stack: Stack, programs: readonly Program[]): void {
  for (const { name, path, hash } of programs) stack.configs[name] = { file: path, name: `${name}_${hash}` };
}

/** These services take a certificate for good that nobody signed. */
function trust(stack: Stack, names: readonly string[], config: string): void {
  for (const name of names) {
    const service = stack.services[name];
    if (service === undefined) throw new Error(`the production file has no ${name}`);
    service.configs = [...(service.configs ?? []), { source: config, target: `/${config}.pem` }];
    service.environment = { ...service.environment, NODE_EXTRA_CA_CERTS: `/${config}.pem` };
  }
}
