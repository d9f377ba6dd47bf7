import { type ComponentType, lazy, type ReactNode, Suspense } from "react";

/**
 * A component whose code is loaded when it is first shown; until then nothing is seen in its place. The mark is for
 * whoever hears keys: what is typed meanwhile was meant for what is opening.
 */
export function lazily<Props extends object>(load: () => Promise<ComponentType<Props>>): (props: Props) => ReactNode {
  const Loaded = lazy(async () => ({ default: await load() }));
  return function Lazily(props: Props) {
    return (
      <Suspense fallback={<span hidden data-opening="" />}>
        <Loaded {...props} />
      </Suspense>
    );
  };
}
