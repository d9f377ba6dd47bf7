"use client";

import { Button } from "@/components/ui/button";
import type { Answer } from "./answer";
import { ConfirmDialog } from "./confirm-dialog";

export function RemoveSwitchboard({ remove }: { remove: () => Promise<Answer> }) {
  return (
    <ConfirmDialog
      title="Remove the switchboard?"
      description="Nobody holds a conversation any more, and every program hears every message. The programs themselves stay."
      trigger={
        <Button size="sm" variant="danger">
          Remove
        </Button>
      }
      keep="Keep it"
      confirm="Remove"
      act={remove}
    />
  );
}
