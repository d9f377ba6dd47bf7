/**
 * What this browser keeps between pages. Storage can be full or forbidden by the browser's settings; then texts live
 * as long as the page does, and the desk still works.
 */
export const browserStorage = {
  keys(prefix: string): string[] {
    try {
      return Object.keys(localStorage).filter((key) => key.startsWith(prefix));
    } catch {
      return [];
    }
  },
  read(key: string): string | null {
    try {
      return localStorage.getItem(key);
    } catch {
      return null;
    }
  },
  write(key: string, value: string): void {
    try {
      localStorage.setItem(key, value);
    } catch (error) {
      console.warn("This browser does not let Replydesk keep what is not sent yet.", error);
    }
  },
  remove(key: string): void {
    try {
      localStorage.removeItem(key);
    } catch (error) {
      console.warn("This browser does not let Replydesk keep what is not sent yet.", error);
    }
  },
};
