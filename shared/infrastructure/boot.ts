/**
 * Runs a service's start. What stops it is said in one sentence on stderr, without a stack: it is about configuration, not code.
 * With LOAD_ONLY set nothing starts: all code is loaded by then, and an image is known to have it.
 */
export async function boot(start: () => Promise<void>): Promise<void> {
  if (process.env["LOAD_ONLY"] !== undefined) return;
  try {
    await start();
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? explain(error) : String(error)}\n`);
    process.exitCode = 1;
    if (process.connected) process.disconnect();
  }
}

function explain(error: Error & { code?: unknown; port?: unknown }): string {
  const setting = String(error.port) === process.env["METRICS_PORT"] ? "METRICS_PORT" : "PORT";
  if (error.code === "EADDRINUSE") return `port ${error.port} is taken by another program: stop it, or set ${setting}`;
  return process.env["LOG_LEVEL"] === "debug" ? (error.stack ?? error.message) : error.message;
}
