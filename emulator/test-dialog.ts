export interface DialogPage {
  html: string;
  scopes: string[];
  pages: string[];
  businesses: string[];
  ticked: string[];
  edit(): Promise<DialogPage>;
  /** Presses Continue or Cancel; returns where the browser is sent. */
  answer(decision: "continue" | "cancel", untick?: string[]): Promise<URL>;
  /** The same where the dialog answers with a page. */
  press(decision: "continue" | "cancel", untick?: string[]): Promise<string>;
}

/** Reads a page of the dialog as its address and cookie give it. */
export async function readDialog(base: string, url: string, cookie: string): Promise<DialogPage> {
  const html = await (await fetch(url, { headers: { cookie } })).text();
  const boxes = [
    ...html.matchAll(/<input type="checkbox" name="(\w+)" value="([^"]*)" aria-label="([^"]*)"( checked)?/g),
  ];
  const of = (name: string) => boxes.filter((box) => box[1] === name);
  const send = (decision: string, untick: string[]) => {
    const step = /name="step" value="(\w+)"/.exec(html)?.[1] ?? "";
    const form = new URLSearchParams({ step, decision });
    for (const box of boxes) {
      if (box[4] && !untick.includes(unescapeHtml(box[3] ?? ""))) form.append(box[1] ?? "", box[2] ?? "");
    }
    return fetch(url, { method: "POST", redirect: "manual", headers: { cookie }, body: form });
  };
  return {
    html,
    scopes: of("scope").map((box) => box[3] ?? ""),
    pages: of("page").map((box) => unescapeHtml(box[3] ?? "")),
    businesses: of("business").map((box) => unescapeHtml(box[3] ?? "")),
    ticked: boxes.filter((box) => box[4]).map((box) => unescapeHtml(box[3] ?? "")),
    edit: () => {
      const href = /href="([^"]+)">Edit previous settings/.exec(html)?.[1];
      if (!href) throw new Error("the dialog has no link to edit previous settings");
      return readDialog(base, base + unescapeHtml(href), cookie);
    },
    answer: async (decision, untick = []) =>
      new URL((await send(decision, untick)).headers.get("location") ?? "missing:"),
    press: async (decision, untick = []) => (await send(decision, untick)).text(),
  };
}

function unescapeHtml(html: string): string {
  return html.replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)));
}
