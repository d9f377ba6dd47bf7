/**
 * What Instagram has no form for is said as text, for those who send it through the public API: a place becomes a link
 * to a map, the wish for a place its words.
 */
export type Place = { latitude: number; longitude: number; name?: string; address?: string };

/** Name and address on lines of their own, then a map link that any phone opens. @param place degrees, WGS 84 */
export function placeText({ latitude, longitude, name, address }: Place): string {
  const link = `https://www.google.com/maps/search/?api=1&query=${degrees(latitude)}%2C${degrees(longitude)}`;
  return [name, address, link].filter((line) => line !== undefined && line.trim() !== "").join("\n");
}

/** Instagram cannot ask for a place: the customer answers in words or with a link. */
export function placeRequestText(words: string | undefined): string {
  return words?.trim() || "Please tell us where you are.";
}

/** Never in exponents, and finer than a metre is of no use. */
function degrees(value: number): string {
  return String(Number(value.toFixed(6)));
}
