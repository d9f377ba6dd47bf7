const PLACEHOLDER = "[secret]";
/** What Facebook's tokens look like; its messages quote malformed ones. */
const TOKEN = /\bEAA[A-Za-z0-9_-]{16,}/g;
const SHORTEST_SECRET = 8;

/** Makes a function that takes the given secrets, and whatever looks like a token, out of a text from outside. */
export function redactor(secrets: (string | number | undefined)[]): (text: string) => string {
  const known = secrets
    .filter((secret) => typeof secret === "string")
    .filter((secret) => secret.length >= SHORTEST_SECRET);
  return (text) => {
    let clean = text;
    for (const secret of known) clean = clean.replaceAll(secret, PLACEHOLDER);
    return clean.replace(TOKEN, PLACEHOLDER);
  };
}
