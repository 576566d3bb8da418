// joiners (U+200C, U+200D) belong to the spelling of names in many scripts, and to pictures made of pictures: there, and nowhere else
const JOINED = String.raw`[\p{L}\p{M}\p{Extended_Pictographic}\p{Emoji_Modifier}]`;

/** One line that shows all it holds: no line breaks, no marks that turn text round, nothing that can't be seen. */
export const VISIBLE_TEXT = new RegExp(String.raw`^(?:[^\p{Cc}\p{Cf}]|(?<=${JOINED})[\u200c\u200d](?=${JOINED}))*$`, "u");
