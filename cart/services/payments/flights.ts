interface Flight<T> {
  running: Promise<T>;
  next: Promise<T> | null;
}

/**
 * Work of which one at a time is under way for a key. Whoever comes meanwhile gets the one after it, all of them the same: what is
 * under way may have looked before the thing happened that they were told of.
 */
export function makeFlights<K, T>(work: (key: K) => Promise<T>): (key: K) => Promise<T> {
  const flights = new Map<K, Flight<T>>();
  const fly = (key: K): Promise<T> => {
    const flight = flights.get(key);
    if (flight !== undefined) {
      flight.next ??= flight.running.then(
        () => fly(key),
        () => fly(key),
      );
      return flight.next;
    }
    const running = work(key).finally(() => flights.delete(key));
    flights.set(key, { running, next: null });
    return running;
  };
  return fly;
}
