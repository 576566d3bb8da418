import http from "node:http";

const PATIENCE_MS = 800;

/** Whether a service says within a moment that it can serve. origin: where services find each other. */
export function isReady(origin: string): Promise<boolean> {
  return new Promise((resolve) => {
    const request = http.get(`${origin}/readyz`, { timeout: PATIENCE_MS }, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    request.on("timeout", () => request.destroy()).on("error", () => resolve(false));
  });
}
