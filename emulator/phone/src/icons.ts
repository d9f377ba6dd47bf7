const PATHS = {
  arrowLeft: "M19 12H5m0 0 6-6m-6 6 6 6",
  arrowUp: "M12 19V5m0 0-6 6m6-6 6 6",
  arrowDown: "M12 5v14m0 0 6-6m-6 6-6-6",
  at: "M16 12a4 4 0 1 1-8 0 4 4 0 0 1 8 0Zm0 0v1.5a2.5 2.5 0 0 0 5 0V12a9 9 0 1 0-3.6 7.2",
  bell: "M6 16V11a6 6 0 0 1 12 0v5l1.5 2h-15L6 16Zm4 5h4",
  camera:
    "M4 8.5A1.5 1.5 0 0 1 5.5 7H8l1.5-2h5L16 7h2.5A1.5 1.5 0 0 1 20 8.5v9a1.5 1.5 0 0 1-1.5 1.5h-13A1.5 1.5 0 0 1 4 17.5v-9Zm11.5 4.3a3.5 3.5 0 1 1-7 0 3.5 3.5 0 0 1 7 0Z",
  check: "m5 12.5 4.5 4.5L19 7.5",
  chevron: "m7 10 5 5 5-5",
  clock: "M20 12a8 8 0 1 1-16 0 8 8 0 0 1 16 0Zm-8-4.5V12l3 2",
  close: "M6 6l12 12M18 6 6 18",
  edit: "M5 19h3L18.5 8.5a2.1 2.1 0 0 0-3-3L5 16v3Z",
  external: "M13 5h6v6m0-6-8.5 8.5M9 6H6.5A1.5 1.5 0 0 0 5 7.5v10A1.5 1.5 0 0 0 6.5 19h10a1.5 1.5 0 0 0 1.5-1.5V15",
  eye: "M3 12s3.2-6 9-6 9 6 9 6-3.2 6-9 6-9-6-9-6Zm11.5 0a2.5 2.5 0 1 1-5 0 2.5 2.5 0 0 1 5 0Z",
  file: "M7 4h6.5L18 8.5V20H7V4Zm6 0v5h5",
  gone: "M4 4l16 16M8 4h9v10M7 7v13h10v-3",
  heart: "M12 19.5S4.5 15 4.5 9.7A3.9 3.9 0 0 1 12 8.3a3.9 3.9 0 0 1 7.5 1.4c0 5.3-7.5 9.8-7.5 9.8Z",
  image:
    "M4.5 6.5a2 2 0 0 1 2-2h11a2 2 0 0 1 2 2v11a2 2 0 0 1-2 2h-11a2 2 0 0 1-2-2v-11Zm0 9.5 4.5-4.5 4 4 2-2 4.5 4.5M16 8.7h0",
  lock: "M7 11V8.5a5 5 0 0 1 10 0V11m-11.5 0h13v8.5h-13V11Z",
  mic: "M12 3.5a3 3 0 0 1 3 3V12a3 3 0 0 1-6 0V6.5a3 3 0 0 1 3-3ZM6 11.5a6 6 0 0 0 12 0M12 17.5v3",
  more: "M6 12h0m6 0h0m6 0h0",
  once: "M20 12a8 8 0 1 1-16 0 8 8 0 0 1 16 0Zm-9.5-2.2L12.3 8.5v7",
  pause: "M9 6.5v11M15 6.5v11",
  people: "M15.5 8a3.5 3.5 0 1 1-7 0 3.5 3.5 0 0 1 7 0ZM5 20c.5-4 3.2-6 7-6s6.5 2 7 6",
  phone: "M8 3.5h8a1.5 1.5 0 0 1 1.5 1.5v14a1.5 1.5 0 0 1-1.5 1.5H8A1.5 1.5 0 0 1 6.5 19V5A1.5 1.5 0 0 1 8 3.5Zm3 14h2",
  play: "M8 5.5v13l11-6.5-11-6.5Z",
  plus: "M12 5v14M5 12h14",
  reply: "M9 7 4.5 11.5 9 16m-4.5-4.5H14a5.5 5.5 0 0 1 5.5 5.5v1",
  search: "M16.5 11a5.5 5.5 0 1 1-11 0 5.5 5.5 0 0 1 11 0Zm-1.5 4 5 5",
  sliders: "M5 7h8m4 0h2M5 17h2m4 0h8M17 7a2 2 0 1 1-4 0 2 2 0 0 1 4 0Zm-6 10a2 2 0 1 1-4 0 2 2 0 0 1 4 0Z",
  smile: "M20 12a8 8 0 1 1-16 0 8 8 0 0 1 16 0ZM9 14s1 1.7 3 1.7 3-1.7 3-1.7M9.3 9.7h0m5.4 0h0",
  story: "M12 4a8 8 0 0 1 8 8m-1.5 4.6A8 8 0 0 1 12 20M5.5 16.6A8 8 0 0 1 4 12a8 8 0 0 1 3-6.2M12 9v6m-3-3h6",
  undo: "M8 5 4 9l4 4M4 9h9.5a5.5 5.5 0 0 1 0 11H9",
} as const;

export type IconName = keyof typeof PATHS;

/** A drawn sign that screen readers pass over; the control around it carries the name. */
export function icon(name: IconName, size = 20): SVGSVGElement {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("width", String(size));
  svg.setAttribute("height", String(size));
  svg.setAttribute("class", `icon icon-${name}`);
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", PATHS[name]);
  svg.append(path);
  return svg;
}
