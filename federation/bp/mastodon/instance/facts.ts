import { MEDIA_LIMITS } from "@rose-ash/shared/contracts/media.ts";
import { STATUS_LIMITS } from "@rose-ash/shared/contracts/statuses.ts";

/** Of Mastodon's whose words this speaks; apps decide by the first number what they ask for. */
export const VERSION = "4.3.0 (compatible; Rose Ash 1.0.0)";
/** docs: entities/Instance#api-versions; the second brought notifications in groups. */
export const API_VERSIONS = { mastodon: 2 };

export const CONFIGURATION = {
  accounts: { max_featured_tags: 0, max_pinned_statuses: 5 },
  statuses: {
    ...{ max_characters: STATUS_LIMITS.text, max_media_attachments: STATUS_LIMITS.pictures, characters_reserved_per_url: 23 },
    supported_mime_types: ["text/plain"],
  },
  media_attachments: {
    supported_mime_types: ["image/jpeg", "image/png", "image/gif", "image/webp", "image/avif"],
    ...{ description_limit: STATUS_LIMITS.alt, image_size_limit: MEDIA_LIMITS.pictureBytes, image_matrix_limit: MEDIA_LIMITS.pixels },
    ...{ video_size_limit: 0, video_frame_rate_limit: 0, video_matrix_limit: 0 },
  },
  polls: {
    ...{ max_options: STATUS_LIMITS.options, max_characters_per_option: STATUS_LIMITS.option },
    ...{ min_expiration: 300, max_expiration: STATUS_LIMITS.pollDays * 86_400 },
  },
};
