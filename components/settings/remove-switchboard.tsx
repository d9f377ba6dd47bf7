"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog, DialogClose } from "@/components/ui/dialog";
import { Notice } from "@/components/ui/notice";
import type { Answer } from "./answer";
import { useAnswer } from "./use-answer";

export function RemoveSwitchboard({ remove }: { remove: () => Promise<Answer> }) {
  const [open, setOpen] = useState(false);
  const { busy, problem, run } = useAnswer();
  return (
    <Dialog
      open={open}
      onOpenChange={setOpen}
      title="Remove the switchboard?"
      description="Nobody holds a conversation any more, and every program hears every message. The programs themselves stay."
      trigger={
        <Button size="sm" variant="danger">
          Remove
        </Button>
      }
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
              () => remove(),
              () => setOpen(false),
            )
          }
        >
          Remove
        </Button>
      </div>
    </Dialog>
  );
}
