import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { DialogClose } from "@/components/ui/dialog";
import { Notice } from "@/components/ui/notice";

type DialogFooterProps = {
  /** Why it was refused, in words. */
  problem: string | null;
  /** What the button that changes nothing says. */
  keep?: string;
  /** The button that does it. */
  children: ReactNode;
};

export function DialogFooter({ problem, keep = "Cancel", children }: DialogFooterProps) {
  return (
    <>
      {problem && (
        <Notice tone="bad" announce>
          {problem}
        </Notice>
      )}
      <div className="flex justify-end gap-2">
        <DialogClose>
          <Button>{keep}</Button>
        </DialogClose>
        {children}
      </div>
    </>
  );
}
