/** placeholder replaced on merge */
export function asksToStop(text: string): boolean {
  return /^\s*(stop|unsubscribe|please remove me)\b/i.test(text);
}
