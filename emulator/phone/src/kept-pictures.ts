import { DAY } from "./times";

/**
 * Profile pictures come under a freshly signed address every time they are mentioned. The first one is kept for a day, so
 * that an unchanged picture is not loaded again whenever something else about its account changes.
 */
export class KeptPictures {
  #known = new Map<string, { address: string; since: number }>();

  keep<T extends { picture: string | null }>(account: T, now: number): T {
    if (account.picture === null) return account;
    const { pathname } = new URL(account.picture, location.href);
    const known = this.#known.get(pathname);
    if (known && Math.abs(now - known.since) < DAY) return { ...account, picture: known.address };
    this.#known.set(pathname, { address: account.picture, since: now });
    return account;
  }
}
