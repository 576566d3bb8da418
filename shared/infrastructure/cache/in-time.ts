/** A page asks Redis twice at most before the breaker spares it the wait. */
const PATIENCE_MS = 50;

/** Rejects when it takes longer than a page waits. An answer that has come while this process was busy is read first. */
export function inTime<T>(work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const giveUp = () => reject(new Error(`Redis took more than ${PATIENCE_MS} ms`));
    const timer = setTimeout(() => setImmediate(() => setImmediate(giveUp)), PATIENCE_MS);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
