"use client";

import { type ReactElement, useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import type { Answer } from "./answer";
import { DialogFooter } from "./dialog-footer";
import { useAnswer } from "./use-answer";

type ConfirmDialogProps<T> = {
  trigger: ReactElement;
  /** A question. */
  title: string;
  /** What follows from it. */
  description: string;
  /** What the button that changes nothing says. */
  keep?: string;
  confirm: string;
  act: () => Promise<Answer<T>>;
  onDone?: (value: T) => void;
};

/** Asks before something that cannot be undone, and stays to say why it was refused. */
export function ConfirmDialog<T>(props: ConfirmDialogProps<T>) {
  const { trigger, title, description, keep, confirm, act, onDone } = props;
  const [open, setOpen] = useState(false);
  const { busy, problem, setProblem, run } = useAnswer();
  const change = (opened: boolean) => {
    setOpen(opened);
    if (opened) setProblem(null);
  };
  const finish = (value: T) => {
    setOpen(false);
    onDone?.(value);
  };
  return (
    <Dialog open={open} onOpenChange={change} title={title} description={description} trigger={trigger}>
      <DialogFooter problem={problem} keep={keep}>
        <Button variant="danger" busy={busy} onClick={() => run(act, finish)}>
          {confirm}
        </Button>
      </DialogFooter>
    </Dialog>
  );
}
