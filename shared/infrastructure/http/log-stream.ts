import { destination } from "pino";

const BYTES_AT_ONCE = 4096;
const LONGEST_MS = 100;

/**
 * Where the apps of this process write their log: standard output, some lines at a time, as a write for each costs a busy service a
 * tenth of its time. The rest is written when the process ends, also by an error that nobody caught; only a kill takes the last 100 ms.
 */
export const logStream = destination({ dest: 1, sync: false, minLength: BYTES_AT_ONCE, periodicFlush: LONGEST_MS });
