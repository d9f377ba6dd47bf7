import { describe, expect, test } from "vitest";
import type { RememberedLogin } from "../../inbox/read-login-memory";
import { REQUIRED_SCOPES } from "../login-scopes";
import { findLoginTrap } from "./login-trap";

const ALL = Object.fromEntries(Object.keys(REQUIRED_SCOPES).map((scope) => [scope, "granted"]));
const DECLINED = { ...ALL, instagram_manage_messages: "declined" };

let at = 0;
const login = (change: Partial<RememberedLogin>): RememberedLogin => {
  at -= 1;
  return {
    channelId: null,
    askedAgain: true,
    personId: "7",
    personName: "Nora Keller",
    permissions: ALL,
    targets: {},
    problem: null,
    at,
    ...change,
  };
};

describe("Facebook remembers an earlier answer", () => {
  test("one login says nothing, and two good ones neither", () => {
    expect(findLoginTrap([], null)).toBeNull();
    expect(findLoginTrap([login({ permissions: DECLINED })], null)).toBeNull();
    expect(findLoginTrap([login({}), login({ permissions: DECLINED })], null)).toBeNull();
    expect(findLoginTrap([login({ permissions: DECLINED }), login({})], null)).toBeNull();
  });

  test("the same permission is missing twice", () => {
    const trap = findLoginTrap([login({ permissions: DECLINED }), login({ permissions: DECLINED })], null);
    expect(trap).toEqual({ personName: "Nora Keller", permissions: ["instagram_manage_messages"], page: false });
  });

  test("as long as nobody has asked again, that is what is to be tried first", () => {
    const logins = [login({ permissions: DECLINED, askedAgain: false }), login({ permissions: DECLINED })];
    expect(findLoginTrap(logins, null)).toBeNull();
  });

  test("another person's login, or another permission, is another matter", () => {
    const other = login({ permissions: DECLINED, personId: "8" });
    expect(findLoginTrap([login({ permissions: DECLINED }), other], null)).toBeNull();
    const otherScope = login({ permissions: { ...ALL, instagram_basic: "declined" } });
    expect(findLoginTrap([login({ permissions: DECLINED }), otherScope], null)).toBeNull();
  });

  test("a login that was cancelled between the two changes nothing", () => {
    const cancelled = login({ permissions: null, personId: null, problem: "denied" });
    const logins = [login({ permissions: DECLINED }), cancelled, login({ permissions: DECLINED })];
    expect(findLoginTrap(logins, null)?.permissions).toEqual(["instagram_manage_messages"]);
  });

  test("the wanted Page is not among the ticked ones twice", () => {
    const without = { pages_show_list: ["1", "2"] };
    const logins = [login({ targets: without }), login({ targets: without })];
    expect(findLoginTrap(logins, "3")).toEqual({ personName: "Nora Keller", permissions: [], page: true });
    expect(findLoginTrap(logins, "2")).toBeNull();
    expect(findLoginTrap(logins, null)).toBeNull();
    expect(findLoginTrap([login({ targets: {} }), login({ targets: without })], "3")).toBeNull();
  });
});
