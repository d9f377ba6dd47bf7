import { mediaUrl } from "../cdn/media-url";
import { isObject } from "../http";
import { postsOf } from "../posts/posts";
import type { Attachment, Business } from "../world/types";
import type { GraphCall } from "./graph-call";
import { GraphError, missingParameter } from "./graph-error";

const MAX_ELEMENTS = 10;
const MAX_BUTTONS = 3;
const TITLE_CHARACTERS = 80;
const BUTTON_CHARACTERS = 20;
const BUTTON_TEXT_CHARACTERS = 640;

/** A template as its echo will show it. Meta documents the generic form for echoes; a button template takes it too. */
export function readTemplate(call: GraphCall, business: Business, payload: Record<string, unknown>): Attachment {
  switch (payload.template_type) {
    case "generic":
      return template("generic", elementsOf(payload, "elements").map(readElement));
    case "button": {
      const title = limited(payload.text, "payload[text]", BUTTON_TEXT_CHARACTERS);
      const buttons = readButtons(payload.buttons, "payload[buttons]");
      if (buttons.length === 0) throw missingParameter("message[attachment][payload][buttons]");
      return template("generic", [{ title, buttons }]);
    }
    case "product":
      return template(
        "product",
        elementsOf(payload, "elements").map((one, at) => readProduct(call, business, one, at)),
      );
    default:
      throw new GraphError(
        100,
        "(#100) Param message[attachment][payload][template_type] must be one of {generic, button, product}",
      );
  }
}

function template(form: "generic" | "product", elements: Record<string, unknown>[]): Attachment {
  return { type: "template", mediaId: null, payload: { [form]: { elements } } };
}

function elementsOf(payload: Record<string, unknown>, name: string): unknown[] {
  const elements = payload[name];
  if (!Array.isArray(elements) || elements.length === 0 || elements.length > MAX_ELEMENTS) {
    throw new GraphError(100, `(#100) A template needs between 1 and ${MAX_ELEMENTS} elements.`);
  }
  return elements;
}

function readElement(given: unknown, at: number): Record<string, unknown> {
  const name = `payload[elements][${at}]`;
  if (!isObject(given)) throw new GraphError(100, `(#100) Param ${name} must be an object`);
  const element: Record<string, unknown> = { title: limited(given.title, `${name}[title]`, TITLE_CHARACTERS) };
  if (given.subtitle !== undefined) element.subtitle = limited(given.subtitle, `${name}[subtitle]`, TITLE_CHARACTERS);
  if (given.image_url !== undefined) element.image_url = webAddress(given.image_url, `${name}[image_url]`);
  if (given.default_action !== undefined) {
    const action = given.default_action;
    if (!isObject(action) || action.type !== "web_url")
      throw new GraphError(100, `(#100) Param ${name}[default_action][type] must be one of {web_url}`);
    element.default_action = { type: "web_url", url: webAddress(action.url, `${name}[default_action][url]`) };
  }
  const buttons = given.buttons === undefined ? [] : readButtons(given.buttons, `${name}[buttons]`);
  if (buttons.length > 0) element.buttons = buttons;
  return element;
}

function readButtons(given: unknown, name: string): Record<string, unknown>[] {
  if (!Array.isArray(given) || given.length > MAX_BUTTONS)
    throw new GraphError(100, `(#100) Param ${name} must be a list of at most ${MAX_BUTTONS} buttons.`);
  return given.map((one: unknown, at) => {
    const place = `${name}[${at}]`;
    if (!isObject(one)) throw new GraphError(100, `(#100) Param ${place} must be an object`);
    const title = limited(one.title, `${place}[title]`, BUTTON_CHARACTERS);
    if (one.type === "web_url") return { type: "web_url", title, url: webAddress(one.url, `${place}[url]`) };
    if (one.type !== "postback")
      throw new GraphError(100, `(#100) Param ${place}[type] must be one of {web_url, postback}`);
    return { type: "postback", title, payload: limited(one.payload, `${place}[payload]`, 1000) };
  });
}

function readProduct(call: GraphCall, business: Business, given: unknown, at: number): Record<string, unknown> {
  const id = isObject(given) ? given.id : undefined;
  if (typeof id !== "string" || !/^\d+$/.test(id)) throw missingParameter(`payload[elements][${at}][id]`);
  const post = postsOf(call.emulator, business)[at];
  return {
    id,
    retailer_id: `sku-${id.slice(-6)}`,
    image_url: post ? mediaUrl(call.emulator, post.thumbnailId) : undefined,
    title: `Product ${id.slice(-4)}`,
    subtitle: "€ 38.00",
  };
}

function limited(value: unknown, name: string, characters: number): string {
  if (typeof value !== "string" || value === "") throw missingParameter(`message[attachment][${name}]`);
  if ([...value].length > characters)
    throw new GraphError(100, `(#100) Param ${name} must be at most ${characters} characters long.`);
  return value;
}

function webAddress(value: unknown, name: string): string {
  if (typeof value === "string" && URL.canParse(value) && /^https?:/.test(value)) return value;
  throw new GraphError(100, `(#100) Param ${name} should represent a valid URL`);
}
