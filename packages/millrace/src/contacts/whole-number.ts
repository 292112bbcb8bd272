/** "1,200", "1.200", "1 200" and "1200": a number as people write it into a field that holds whole ones. @returns undefined for all else. */
export function wholeNumber(text: string): number | undefined {
  const bare = text.trim();
  if (/^\d{1,9}$/.test(bare)) return Number(bare);
  return /^\d{1,3}(?:[.,'’\s]\d{3}){1,2}$/.test(bare) ? Number(bare.replace(/\D/g, "")) : undefined;
}
