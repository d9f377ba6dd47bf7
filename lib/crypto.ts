import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  hkdfSync,
  randomBytes,
  timingSafeEqual,
} from "node:crypto";

/** Keys for secrets at rest by key id; the first given one encrypts, every one decrypts. */
export type Keyring = { encryptWith: string; keys: Map<string, Buffer> };

const FORMAT = 1;

/** @param secrets comma-separated secrets (ENCRYPTION_KEY); each at least 32 characters */
export function createKeyring(secrets: string): Keyring {
  const keys = new Map<string, Buffer>();
  let encryptWith = "";
  for (const secret of secrets.split(",").map((part) => part.trim())) {
    if (secret.length < 32) throw new Error("Each key in ENCRYPTION_KEY needs at least 32 characters.");
    const key = Buffer.from(hkdfSync("sha256", secret, "replydesk", "secrets at rest", 32));
    const id = sha256Hex(key).slice(0, 8);
    encryptWith ||= id;
    keys.set(id, key);
  }
  return { encryptWith, keys };
}

/**
 * AES-256-GCM: version (1 byte), key id (4), nonce (12), tag (16), ciphertext.
 * @param boundTo what the secret belongs to, e.g. `channel:<id>`; it does not decrypt anywhere else
 */
export function encryptSecret(keyring: Keyring, plaintext: string, boundTo: string): Buffer {
  const key = keyring.keys.get(keyring.encryptWith);
  if (!key) throw new Error("The keyring has no key to encrypt with.");
  const nonce = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", key, nonce).setAAD(Buffer.from(boundTo));
  const body = Buffer.concat([cipher.update(plaintext, "utf8"), cipher.final()]);
  return Buffer.concat([
    Buffer.from([FORMAT]),
    Buffer.from(keyring.encryptWith, "hex"),
    nonce,
    cipher.getAuthTag(),
    body,
  ]);
}

/** @throws when the key is unknown, the bytes were changed, or the secret is bound to something else */
export function decryptSecret(keyring: Keyring, sealed: Buffer, boundTo: string): string {
  if (sealed.length < 33 || sealed[0] !== FORMAT) throw new Error("This is not a secret that this desk has encrypted.");
  const key = keyring.keys.get(sealed.subarray(1, 5).toString("hex"));
  if (!key) throw new Error("The key that encrypted this secret is not in ENCRYPTION_KEY any more.");
  const decipher = createDecipheriv("aes-256-gcm", key, sealed.subarray(5, 17)).setAAD(Buffer.from(boundTo));
  decipher.setAuthTag(sealed.subarray(17, 33));
  return Buffer.concat([decipher.update(sealed.subarray(33)), decipher.final()]).toString("utf8");
}

export function sha256(value: string | Buffer): Buffer {
  return createHash("sha256").update(value).digest();
}

export function sha256Hex(value: string | Buffer): string {
  return sha256(value).toString("hex");
}

export function hmacSha256(key: string | Buffer, value: string | Buffer): Buffer {
  return createHmac("sha256", key).update(value).digest();
}

export function hmacSha256Base64(key: Buffer, value: string): string {
  return createHmac("sha256", key).update(value).digest("base64");
}

/** Compares in constant time; different lengths are simply unequal. */
export function equalInConstantTime(a: Buffer, b: Buffer): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}

/** A token for links and states: 32 random bytes, base64url. */
export function randomToken(): string {
  return randomBytes(32).toString("base64url");
}
