import { describe, expect, test } from "vitest";
import { DOCTOR_LINES, type DoctorLine, diagnose, needsOf } from "./doctor-lines";

describe("the cause among what is wrong", () => {
  test("nothing wrong, nothing named", () => {
    expect(diagnose(new Set())).toEqual({ cause: null, waiting: new Set() });
  });

  test.each(DOCTOR_LINES)("%s alone is its own cause, and only what needs it waits", (line) => {
    const { cause, waiting } = diagnose(new Set([line]));
    expect(cause).toBe(line);
    expect([...waiting].sort()).toEqual(DOCTOR_LINES.filter((other) => leadsTo(other, line)).sort());
  });

  const pairs = DOCTOR_LINES.flatMap((a) =>
    DOCTOR_LINES.filter((b) => b !== a).map((b): [DoctorLine, DoctorLine] => [a, b]),
  );
  test.each(pairs)("of %s and %s one is red and the other waits", (a, b) => {
    const { cause, waiting } = diagnose(new Set([a, b]));
    const other = cause === a ? b : a;
    expect([a, b]).toContain(cause);
    expect(waiting).toContain(other);
    expect(waiting).not.toContain(cause);
    // What explains the other is never the one that waits.
    expect(leadsTo(cause ?? a, other)).toBe(false);
  });

  test("everything wrong at once is a login that is over, and everything that hangs on nothing else", () => {
    const { cause, waiting } = diagnose(new Set(DOCTOR_LINES));
    expect(cause).toBe("sign_in");
    expect(waiting.size).toBe(DOCTOR_LINES.length - 1);
  });

  test("a permission that is missing leaves the other permissions as they are", () => {
    const { waiting } = diagnose(new Set(["permission:instagram_basic"]));
    expect(waiting).toContain("page_link");
    expect(waiting).toContain("message_access");
    expect(waiting).toContain("deliveries");
    expect(waiting).not.toContain("permission:instagram_manage_messages");
    expect(waiting).not.toContain("page_subscription");
    expect(waiting).not.toContain("app_subscription");
  });

  test("an unknown name is nobody's cause", () => {
    expect(diagnose(new Set(["permission:made_up"])).cause).toBeNull();
  });
});

/** Whether `line` needs `need`, directly or through others. */
function leadsTo(line: DoctorLine, need: DoctorLine): boolean {
  return needsOf(line).some((one) => one === need || leadsTo(one, need));
}
