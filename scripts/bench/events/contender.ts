/** A queue under measurement: ours or a peer. Each of its parts runs in a process of its own. */
export interface Contender {
  /** Makes its tables in a migrated database. */
  prepare(url: string): Promise<void>;
  /** emit writes one fact in one transaction; what is emitted says when, so that whoever handles it knows how late it is. */
  openEmitter(url: string, connections: number): Promise<{ emit(object: number): Promise<void>; close(): Promise<void> }>;
  /** onHandled gets the instant that `emit` wrote. Resolves when the processor is ready. */
  startProcessor(url: string, onHandled: (emittedAt: number) => void): Promise<{ stop(): Promise<void> }>;
}

/** The same clock in every process of the machine, finer than Date. */
export const instant = (): number => performance.timeOrigin + performance.now();
