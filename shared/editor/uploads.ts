import { useState } from "react";

interface Uploaded {
  readonly url: string;
  readonly fileName: string;
}

interface UploadError {
  readonly fileName: string;
  readonly message: string;
}

/** What Koenig's cards expect of the hook that uploads for them. */
interface Uploader {
  readonly isLoading: boolean;
  readonly progress: number;
  readonly errors: readonly UploadError[];
  readonly filesNumber: number;
  /** Null when a file was not taken: errors say why. */
  upload(files: readonly File[]): Promise<Uploaded[] | null>;
}

const PICTURES = ["image/jpeg", "image/png", "image/webp", "image/avif", "image/gif"];
const FILE_TYPES = {
  image: { mimeTypes: PICTURES, extensions: ["jpg", "jpeg", "png", "webp", "avif", "gif"] },
  video: { mimeTypes: ["video/mp4", "video/webm"], extensions: ["mp4", "webm"] },
  audio: { mimeTypes: ["audio/mpeg", "audio/ogg", "audio/mp4"], extensions: ["mp3", "ogg", "m4a"] },
  mediaThumbnail: { mimeTypes: PICTURES, extensions: ["jpg", "jpeg", "png", "webp"] },
  file: { mimeTypes: ["application/pdf"], extensions: ["pdf"] },
};

/** How cards upload: to the media library, which looks at the bytes and says what it does not take. */
export const fileUploader = { fileTypes: FILE_TYPES, useFileUpload: useMediaLibrary };

function useMediaLibrary(): Uploader {
  const [isLoading, setLoading] = useState(false);
  const [progress, setProgress] = useState(0);
  const [errors, setErrors] = useState<readonly UploadError[]>([]);
  const [filesNumber, setFilesNumber] = useState(0);
  const upload = async (files: readonly File[]): Promise<Uploaded[] | null> => {
    const list = [...files];
    setErrors([]);
    setFilesNumber(list.length);
    setLoading(true);
    const done: Uploaded[] = [];
    const failed: UploadError[] = [];
    for (const [index, file] of list.entries()) {
      const answer = await send(file, (part) => setProgress(Math.round((100 * (index + part)) / list.length)));
      if ("url" in answer) done.push({ url: answer.url, fileName: file.name });
      else failed.push({ fileName: file.name, message: answer.message });
    }
    setErrors(failed);
    setLoading(false);
    setProgress(0);
    return failed.length > 0 ? null : done;
  };
  return { isLoading, progress, errors, filesNumber, upload };
}

/** XMLHttpRequest, as fetch does not tell how far it is. */
function send(file: File, onProgress: (part: number) => void): Promise<{ url: string } | { message: string }> {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    const form = new FormData();
    form.append("file", file, file.name);
    request.open("POST", "/admin/media");
    request.setRequestHeader("accept", "application/json");
    request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0);
    request.onload = () => resolve(answerOf(request));
    request.onerror = () => resolve({ message: "The server can’t be reached. Please try again." });
    request.send(form);
  });
}

function answerOf({ status, responseText }: XMLHttpRequest): { url: string } | { message: string } {
  try {
    const { url, detail } = JSON.parse(responseText);
    if (status < 300 && typeof url === "string") return { url };
    return { message: typeof detail === "string" ? detail : "The file was not taken." };
  } catch {
    return { message: status === 413 ? "The file is too large." : "The file was not taken." };
  }
}
