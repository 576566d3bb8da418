/** As ioredis names them. */
interface Sentinels {
  sentinels: { host: string; port: number }[];
  /** Of the master, as the sentinels call it. */
  name: string;
  username?: string;
  password?: string;
  sentinelUsername?: string;
  sentinelPassword?: string;
  failoverDetector: boolean;
  sentinelCommandTimeout: number;
}

const SENTINEL = /^redis-sentinel:\/\/(?:([^:@/]*):([^@/]*)@)?([^@/]+)\/([\w.-]+)$/;
const SENTINEL_PORT = 26_379;

/** redis:// or rediss:// of one server; or redis-sentinel://user:password@host:port,host:port/name of those that know who is master. */
export function isRedisAddress(text: string): boolean {
  return text.startsWith("redis-sentinel:") ? SENTINEL.test(text) : /^rediss?:$/.test(URL.parse(text)?.protocol ?? "");
}

/**
 * What ioredis is told beside the settings that hold for both. The user and the password are those of Redis and of its sentinels.
 * null: one server, whose address ioredis reads itself.
 */
export function sentinelsOf(url: string): Sentinels | null {
  const [, user = "", password = "", hosts, name] = SENTINEL.exec(url) ?? [];
  if (hosts === undefined || name === undefined) return null;
  const sentinels = hosts.split(",").map((host) => {
    const { hostname, port } = new URL(`redis://${host}`);
    return { host: hostname, port: Number(port || SENTINEL_PORT) };
  });
  const secret = decodeURIComponent(password);
  const login = secret === "" ? {} : { password: secret, sentinelPassword: secret };
  const names = user === "" ? {} : { username: decodeURIComponent(user), sentinelUsername: decodeURIComponent(user) };
  return { sentinels, name, ...login, ...names, failoverDetector: true, sentinelCommandTimeout: 1000 };
}
