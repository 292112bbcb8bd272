/** What a person wrote in a plain text, where nothing of ours is at hand to compare it with. See own-words.ts. */
import { ownWords } from "./own-words.ts";

export function replyText(text: string): string {
  return ownWords(text).text;
}
