/** The container's health check: exit 0 when the service on PORT answers. */
import http from "node:http";

http
  .get({ host: "127.0.0.1", port: process.env["PORT"], path: "/healthz", timeout: 2_000 }, ({ statusCode }) =>
    process.exit(statusCode === 200 ? 0 : 1),
  )
  .on("error", () => process.exit(1))
  .on("timeout", () => process.exit(1));
