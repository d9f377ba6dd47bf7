import type { Action } from "./schemas/action";
import type { ContentPost } from "./schemas/content";

type TextContent = Extract<ContentPost, { type: "text" }>;

const ACTION = /%\[([^\]\n]{1,128})\]\((reply:|postback:|https?:\/\/)([^)\n]{1,2000})\)/g;
const IMAGE = /!\[\]\((https?:\/\/[^)\s]{1,2000})\)/g;

/**
 * Takes the shorthand out of a text: `%[Label](https://…)`, `%[Label](reply:PAYLOAD)` and `%[Label](postback:PAYLOAD)`
 * become actions, one `![](https://…)` makes it a picture with words. What is none stays as it is written.
 */
export function parseShorthand(content: ContentPost): ContentPost {
  if (content.type !== "text") return content;
  const field = (["text", "markdownText", "htmlText"] as const).find((name) => content[name]);
  const written = (field && content[field]) ?? "";
  const actions: Action[] = [];
  const rest = written.replace(ACTION, (whole, text: string, kind: string, said: string) => {
    const action = actionOf(text, kind, said);
    if (action) actions.push(action);
    return action ? "" : whole;
  });
  const [image, ...others] = [...rest.matchAll(IMAGE)].map(([, address]) => address);
  const pictured = image !== undefined && others.length === 0;
  if (actions.length === 0 && !pictured) return content;
  return assembled(content, field, pictured ? rest.replace(IMAGE, "") : rest, actions, pictured ? image : undefined);
}

function assembled(
  { type: _, text: __, markdownText: ___, htmlText: ____, payload, ...content }: TextContent,
  field: "text" | "markdownText" | "htmlText" | undefined,
  rest: string,
  found: Action[],
  mediaUrl: string | undefined,
): ContentPost {
  const words = rest
    .replace(/[^\S\n]+/g, " ")
    .replace(/ *\n */g, "\n")
    .trim();
  const actions = [...(content.actions ?? []), ...found];
  const said = {
    ...content,
    ...(field && words !== "" && { [field]: words }),
    ...(actions.length > 0 && { actions }),
  };
  if (mediaUrl !== undefined) return { type: "image", mediaUrl, ...said };
  return { type: "text", ...said, ...(payload !== undefined && { payload }) };
}

function actionOf(text: string, kind: string, said: string): Action | null {
  if (kind === "reply:") return { type: "reply", text, payload: said };
  if (kind === "postback:") return { type: "postback", text, payload: said };
  return /\s/.test(said) || !URL.canParse(kind + said) ? null : { type: "link", text, uri: kind + said };
}
