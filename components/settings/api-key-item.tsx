"use client";

import { LocalTime } from "@/components/channels/local-time";
import { Button } from "@/components/ui/button";
import type { ApiKeyRow } from "@/lib/auth/list-api-keys";
import type { Answer } from "./answer";
import { ConfirmDialog } from "./confirm-dialog";

type ApiKeyItemProps = { apiKey: ApiKeyRow; revoke: (id: string) => Promise<Answer> };

export function ApiKeyItem({ apiKey: { id, name, people, createdAt, lastUsedAt }, revoke }: ApiKeyItemProps) {
  return (
    <li className="flex flex-wrap items-center gap-3 py-3">
      <div className="min-w-0 flex-1">
        <p className="break-words font-medium">{name}</p>
        <p className="break-all text-faint text-sm">{id}</p>
        <p className="text-soft text-sm">
          {people ? "People write through it" : "A program answers through it"} · made <LocalTime at={createdAt} /> ·{" "}
          {lastUsedAt === null ? (
            "never used"
          ) : (
            <>
              last used <LocalTime at={lastUsedAt} />
            </>
          )}
        </p>
      </div>
      <ConfirmDialog
        title={`Revoke “${name}”?`}
        description="Whatever uses this key is shut out at once. This cannot be undone."
        trigger={<Button size="sm">Revoke</Button>}
        keep="Keep it"
        confirm="Revoke"
        act={() => revoke(id)}
      />
    </li>
  );
}
