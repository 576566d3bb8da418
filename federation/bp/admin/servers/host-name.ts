import { z } from "zod";

/** A host as stewards type it, with its port where it has an odd one. */
export const hostName = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d{1,5})?$/)
  .max(260);
