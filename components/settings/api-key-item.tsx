"use client";

import { useState } from "react";
import { LocalTime } from "@/components/channels/local-time";
import { Button } from "@/components/ui/button";
import { Dialog, DialogClose } from "@/components/ui/dialog";
import { Notice } from "@/components/ui/notice";
import type { ApiKeyRow } from "@/lib/auth/list-api-keys";
import type { Answer } from "./answer";
import { useAnswer } from "./use-answer";

type ApiKeyItemProps = { apiKey: ApiKeyRow; revoke: (id: string) => Promise<Answer> };

export function ApiKeyItem({ apiKey: { id, name, people, createdAt, lastUsedAt }, revoke }: ApiKeyItemProps) {
  const [open, setOpen] = useState(false);
  const { busy, problem, run } = useAnswer();
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
      <Dialog
        open={open}
        onOpenChange={setOpen}
        title={`Revoke “${name}”?`}
        description="Whatever uses this key is shut out at once. This cannot be undone."
        trigger={<Button size="sm">Revoke</Button>}
      >
        {problem && (
          <Notice tone="bad" announce>
            {problem}
          </Notice>
        )}
        <div className="flex justify-end gap-2">
          <DialogClose>
            <Button>Keep it</Button>
          </DialogClose>
          <Button
            variant="danger"
            busy={busy}
            onClick={() =>
              run(
                () => revoke(id),
                () => setOpen(false),
              )
            }
          >
            Revoke
          </Button>
        </div>
      </Dialog>
    </li>
  );
}
