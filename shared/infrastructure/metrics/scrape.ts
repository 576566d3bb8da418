import { type Labels, type Metric, printExposition } from "./exposition.ts";
import { gauge, type MetricGroup } from "./group.ts";

/** Less than a collector waits; a database that is away is not waited for longer. */
const PATIENCE_MS = 2000;

interface ScraperParts {
  /** It may still grow. */
  groups: readonly MetricGroup[];
  /** Labels of every series. */
  common: Labels;
  log: { warn(context: object, message: string): void };
  patienceMs?: number;
}

/** Reads all groups, each in its time, for one page of figures. */
export class Scraper {
  readonly #groups: readonly MetricGroup[];
  readonly #common: Labels;
  readonly #log: ScraperParts["log"];
  readonly #patienceMs: number;
  readonly #underWay = new Map<MetricGroup, Promise<readonly Metric[] | null>>();

  constructor({ groups, common, log, patienceMs = PATIENCE_MS }: ScraperParts) {
    this.#groups = groups;
    this.#common = common;
    this.#log = log;
    this.#patienceMs = patienceMs;
  }

  /** Never rejects. What could not be read is missing, and a metric says so. */
  async page(): Promise<string> {
    const read = await Promise.all(this.#groups.map(async (group) => ({ group, metrics: await this.#inTime(group) })));
    const isRead = gauge(
      "metrics_group_up",
      "Whether this group of figures could be read.",
      read.map(({ group, metrics }) => [{ group: group.name }, metrics === null ? 0 : 1]),
    );
    return printExposition([...read.flatMap(({ metrics }) => metrics ?? []), isRead], this.#common);
  }

  /** A reading that takes longer goes on, and the next page waits for that one: a slow database is not asked twice at once. */
  #inTime(group: MetricGroup): Promise<readonly Metric[] | null> {
    const reading = this.#underWay.get(group) ?? this.#start(group);
    const { promise, resolve } = Promise.withResolvers<null>();
    const timer = setTimeout(() => resolve(null), this.#patienceMs);
    return Promise.race([reading, promise]).finally(() => clearTimeout(timer));
  }

  #start(group: MetricGroup): Promise<readonly Metric[] | null> {
    const reading = (async () => group.read())()
      .catch((error: unknown) => {
        this.#log.warn({ err: error, group: group.name }, "figures could not be read");
        return null;
      })
      .finally(() => this.#underWay.delete(group));
    this.#underWay.set(group, reading);
    return reading;
  }
}
