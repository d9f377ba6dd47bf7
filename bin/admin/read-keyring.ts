import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { createKeyring, type Keyring } from "@/lib/crypto";
import { AppError } from "@/lib/errors";

/** The keys of this installation: ENCRYPTION_KEY, or what demo and dev keep in DATA_DIR. @throws AppError configuration */
export async function readKeyring(dataDir: string): Promise<Keyring> {
  const secrets = process.env.ENCRYPTION_KEY || (await keptKey(join(dataDir, "secrets.json")));
  if (secrets) return createKeyring(secrets);
  throw new AppError(
    "configuration",
    "ENCRYPTION_KEY is not set. Run this with the same ENCRYPTION_KEY as the desk, for example by the same environment file.",
  );
}

async function keptKey(file: string): Promise<string | null> {
  try {
    const kept: unknown = JSON.parse(await readFile(file, "utf8"));
    return typeof kept === "object" && kept && "ENCRYPTION_KEY" in kept ? String(kept.ENCRYPTION_KEY) : null;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw error;
  }
}
