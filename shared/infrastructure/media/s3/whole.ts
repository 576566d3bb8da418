import { createHash } from "node:crypto";
import { Transform } from "node:stream";

/**
 * Lets a file through and holds its last bytes back until they are known to be those that its name stands for: browsers keep what
 * comes for a year, so a reader rather gets an error than other bytes.
 */
export function onlyWhole(sha256: string, byteLength: number): Transform {
  const hash = createHash("sha256");
  let came = 0;
  let held: Buffer | null = null;
  return new Transform({
    transform(chunk: Buffer, _encoding, next) {
      hash.update(chunk);
      came += chunk.length;
      const before = held;
      held = chunk;
      if (before === null) next();
      else next(null, before);
    },
    flush(end) {
      if (came === byteLength && hash.digest("hex") === sha256) end(null, held);
      else end(new Error(`${sha256} is not what came: ${came} of ${byteLength} bytes`));
    },
  });
}
