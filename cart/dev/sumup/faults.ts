/** What is asked of SumUp, by name. */
export const OPERATIONS = ["create", "find", "read", "deactivate", "transaction", "refund", "history"] as const;
export type Operation = (typeof OPERATIONS)[number];

/**
 * How an answer goes wrong. lost: nothing is done, nothing comes; late, cut and garbage: it is done, and the answer comes after the
 * patience of the client, breaks off, or is no JSON; broken-after: it is done, and 500 comes. The others do nothing.
 */
export const FAULTS = ["lost", "late", "cut", "garbage", "broken", "broken-after", "busy", "conflict", "unauthorized"] as const;
export type Fault = (typeof FAULTS)[number];

/** Faults that wait for their operation, each for one request. */
export interface Faults {
  add(operation: Operation, fault: Fault, times?: number): void;
  take(operation: Operation): Fault | null;
  list(): readonly { operation: Operation; fault: Fault }[];
  clear(): void;
}

export function makeFaults(): Faults {
  let waiting: { operation: Operation; fault: Fault }[] = [];
  return {
    add(operation, fault, times = 1) {
      for (let index = 0; index < times; index += 1) waiting.push({ operation, fault });
    },
    take(operation) {
      const index = waiting.findIndex((each) => each.operation === operation);
      return index === -1 ? null : (waiting.splice(index, 1)[0]?.fault ?? null);
    },
    list: () => waiting,
    clear() {
      waiting = [];
    },
  };
}
