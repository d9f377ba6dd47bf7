import { DAY } from "@/lib/time";
import type { Media } from "./outgoing-files";

/** Instagram closes a conversation after so long; what was meant for it is thrown away then. */
const KEPT_MS = 7 * DAY;

export type KeptFile = { key: string; name: string; bytes: number; media: Media; uploadId: string | null };

export type KeptComposition = { conversationId: string; files: KeptFile[]; quickReplies: string[] };

export type CompositionStore = {
  /** @returns what was kept, and the files themselves by their keys */
  load(): Promise<{ kept: KeptComposition[]; sources: Map<string, File> }>;
  /** @param source the file itself; undefined when this browser does not have it */
  save(kept: KeptComposition, source: (key: string) => File | undefined): void;
  /** False once the browser has refused to keep something. */
  keeps(): boolean;
};

type Stored = KeptComposition & { keptAt: number };

const COMPOSITIONS = "composition";
const FILES = "file";

/** What is not sent yet, in this browser's IndexedDB: a store that holds files. Where it is forbidden or full, nothing is kept. */
export function compositionStore(memberId: string): CompositionStore {
  let opened: Promise<IDBDatabase> | null = null;
  let refused = false;
  const database = () => {
    opened ??= openDatabase(`replydesk:${memberId}`);
    return opened;
  };
  const refuse = (error: unknown) => {
    refused = true;
    console.warn("This browser does not let Replydesk keep what is not sent yet.", error);
  };

  async function write({ conversationId, files, quickReplies }: KeptComposition, sources: Map<string, File>) {
    const transaction = (await database()).transaction([COMPOSITIONS, FILES], "readwrite");
    const compositions = transaction.objectStore(COMPOSITIONS);
    const contents = transaction.objectStore(FILES);
    const before = await result<Stored | undefined>(compositions.get(conversationId));
    const wanted = new Set(files.map(({ key }) => key));
    const held = new Set(before?.files.map(({ key }) => key));
    for (const key of held) if (!wanted.has(key)) contents.delete(key);
    for (const [key, file] of sources) if (!held.has(key)) contents.put(file, key);
    const stored: Stored = { conversationId, files, quickReplies, keptAt: Date.now() };
    if (files.length + quickReplies.length > 0) compositions.put(stored);
    else compositions.delete(conversationId);
    await finished(transaction);
  }

  async function read() {
    const transaction = (await database()).transaction([COMPOSITIONS, FILES], "readwrite");
    const compositions = transaction.objectStore(COMPOSITIONS);
    const contents = transaction.objectStore(FILES);
    const kept: KeptComposition[] = [];
    const sources = new Map<string, File>();
    for (const stored of await result<Stored[]>(compositions.getAll())) {
      const old = stored.keptAt < Date.now() - KEPT_MS;
      if (old) compositions.delete(stored.conversationId);
      else kept.push(stored);
      for (const { key } of stored.files) {
        if (old) contents.delete(key);
        const file = old ? undefined : await result<File | undefined>(contents.get(key));
        if (file) sources.set(key, file);
      }
    }
    await finished(transaction);
    return { kept, sources };
  }

  return {
    load: () =>
      read().catch((error) => {
        refuse(error);
        return { kept: [], sources: new Map() };
      }),
    save: (kept, source) => {
      const sources = new Map<string, File>();
      for (const { key } of kept.files) {
        const file = source(key);
        if (file) sources.set(key, file);
      }
      write(kept, sources).catch(refuse);
    },
    keeps: () => !refused,
  };
}

function openDatabase(name: string): Promise<IDBDatabase> {
  const request = indexedDB.open(name, 1);
  request.onupgradeneeded = () => {
    request.result.createObjectStore(COMPOSITIONS, { keyPath: "conversationId" });
    request.result.createObjectStore(FILES);
  };
  return result(request);
}

function result<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

function finished(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error);
  });
}
