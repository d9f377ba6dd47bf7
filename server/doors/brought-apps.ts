import type { BroughtAppKeys } from "../../lib/inbox/list-brought-apps";

/** So long the list is believed: a secret that was changed or an app that is gone counts at most a second later. */
const FRESH_MS = 1_000;
/** Something unknown is looked for anew, but not for every stranger who knocks. */
const BETWEEN_LOOKS_MS = 200;

export type BroughtApps = {
  /** @returns undefined for an app that nobody brought. @throws when the database cannot be asked and nothing is known of the app */
  find(appId: string): Promise<BroughtAppKeys | undefined>;
  /** The same, for keys that did not fit: they may have been changed this moment. */
  findAgain(appId: string): Promise<BroughtAppKeys | undefined>;
};

/** Keeps the keys of the apps that came with their channels, so that a storm of deliveries reads them once a second. */
export function keepBroughtApps(load: () => Promise<Map<string, BroughtAppKeys>>): BroughtApps {
  let apps = new Map<string, BroughtAppKeys>();
  let loadedAt = Number.NEGATIVE_INFINITY;
  let loading: Promise<void> | null = null;

  async function look(olderThanMs: number): Promise<void> {
    if (performance.now() - loadedAt < olderThanMs) return;
    loading ??= load()
      .then((loaded) => {
        apps = loaded;
        loadedAt = performance.now();
      })
      .finally(() => {
        loading = null;
      });
    await loading;
  }

  async function find(appId: string, olderThanMs: number): Promise<BroughtAppKeys | undefined> {
    const known = apps.get(appId);
    try {
      await look(known ? olderThanMs : BETWEEN_LOOKS_MS);
    } catch (error) {
      if (!known) throw error;
    }
    return apps.get(appId);
  }

  return {
    find: (appId) => find(appId, FRESH_MS),
    findAgain: (appId) => find(appId, BETWEEN_LOOKS_MS),
  };
}
