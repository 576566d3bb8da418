import { boot } from "@rose-ash/shared/infrastructure/boot.ts";
import { baseConfig, loadConfig } from "@rose-ash/shared/infrastructure/config.ts";
import { copyStore, folderStore, openBucket } from "@rose-ash/shared/infrastructure/media/index.ts";

const USAGE = "npm run media -- to-bucket | to-folder: copies the pictures that are missing there, from MEDIA_DIR to MEDIA_S3_URL or back";
const NEEDED = { MEDIA_DIR: true, MEDIA_S3_URL: true, MEDIA_S3_REGION: true, MEDIA_S3_KEY: true } as const;

// By the operator's own hand, before and after the change from the one to the other. Begun again it goes on where it was.
await boot(async () => {
  const [, , where] = process.argv;
  if (where !== "to-bucket" && where !== "to-folder") throw new Error(USAGE);
  const config = loadConfig(baseConfig.pick(NEEDED), process.env);
  const [folder, bucket] = [folderStore(config.MEDIA_DIR), openBucket(config)];
  const [from, to] = where === "to-bucket" ? [folder, bucket] : [bucket, folder];
  const said = (done: number, of: number) => void process.stdout.write(`${done} of ${of}\n`);
  const { copied, there, damaged } = await copyStore(from, to, said);
  process.stdout.write(`${copied} files copied, ${there} were there\n`);
  if (damaged.length > 0) throw new Error(`not copied, as their bytes are not what their names say: ${damaged.join(", ")}`);
});
