/** What a settings action comes back with: its value, or why not, in words for the person who pressed. */
export type Answer<T = void> = { value: T; problem?: undefined } | { problem: string };
