import { Card } from "@/components/ui/card";
import { CopyButton } from "@/components/ui/copy-button";

/** What a program needs beside its key. */
export function ApiFacts({ appId, basePath }: { appId: string; basePath: string }) {
  const facts = [
    { label: "Base path", value: basePath },
    { label: "App id", value: appId },
  ];
  return (
    <Card
      title="For your program"
      description="The API speaks Sunshine Conversations v2: its clients work with this base path and app id."
    >
      <dl className="space-y-3">
        {facts.map(({ label, value }) => (
          <div key={label} className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <dt className="w-full text-soft text-sm sm:w-24">{label}</dt>
            <dd className="flex min-w-0 flex-1 items-center gap-2">
              <code className="min-w-0 break-all text-sm">{value}</code>
              <CopyButton text={value} label="Copy" />
            </dd>
          </div>
        ))}
      </dl>
      <p className="mt-4 text-sm">
        <a className="text-ink underline" href="/v2/docs">
          Reference of every operation
        </a>
      </p>
    </Card>
  );
}
