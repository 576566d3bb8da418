import type { BaseConfig } from "../config.ts";
import { folderStore } from "./folder-store.ts";
import { bucketStore } from "./s3/bucket-store.ts";
import type { MediaStore } from "./store.ts";

type MediaConfig = Pick<BaseConfig, "MEDIA_DIR" | "MEDIA_S3_URL" | "MEDIA_S3_REGION" | "MEDIA_S3_KEY">;

/** The store that a service is configured for: the bucket of MEDIA_S3_URL, or the folder MEDIA_DIR. Throws where half of it is missing. */
export function openMediaStore(config: MediaConfig): MediaStore {
  return config.MEDIA_S3_URL === "" ? folderStore(config.MEDIA_DIR) : openBucket(config);
}

/** The bucket of MEDIA_S3_URL. Throws where it or its key is not named. */
export function openBucket({ MEDIA_DIR, MEDIA_S3_URL, MEDIA_S3_REGION, MEDIA_S3_KEY }: MediaConfig): MediaStore {
  if (MEDIA_S3_URL === "") throw new Error("MEDIA_S3_URL names no bucket");
  if (MEDIA_S3_KEY === "") throw new Error("MEDIA_S3_URL needs MEDIA_S3_KEY, the key that opens it");
  const at = MEDIA_S3_KEY.indexOf(":");
  const signer = { keyId: MEDIA_S3_KEY.slice(0, at), secret: MEDIA_S3_KEY.slice(at + 1), region: MEDIA_S3_REGION };
  return bucketStore({ url: MEDIA_S3_URL.replace(/\/$/, ""), signer }, MEDIA_DIR);
}
