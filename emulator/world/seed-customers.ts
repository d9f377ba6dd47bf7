import { igIdFor } from "../ids";
import type { Customer } from "./types";

interface Draft {
  username: string;
  name: string;
  private?: true;
  noPicture?: true;
  consentError?: true;
  verified?: true;
  followers: number;
}

const DRAFTS: Draft[] = [
  { username: "ana.lima", name: "Ana Lima", followers: 412 },
  { username: "marco.rossi", name: "Marco Rossi", followers: 1260 },
  { username: "yuki_tanaka", name: "田中 ゆき", followers: 873 },
  { username: "leila.haddad", name: "ليلى حداد", followers: 2204 },
  {
    username: "maximiliane.von.hohenstein",
    name: "Maximiliane Theodora Alexandra von Hohenstein-Lichtenberg",
    followers: 96,
  },
  { username: "priya.sharma", name: "Priya Sharma", private: true, followers: 301 },
  { username: "ole.nilsen", name: "Ole Nilsen", private: true, followers: 58 },
  { username: "jonas_b", name: "Jonas Becker", noPicture: true, followers: 17 },
  { username: "quiet.reader", name: "Quiet Reader", consentError: true, followers: 4 },
  { username: "studio.sol", name: "Studio Sol ☀️", verified: true, followers: 58_200 },
];

export function seedCustomers(picture: (customer: string) => string): Customer[] {
  const ceramics = igIdFor("nora.ceramics");
  return DRAFTS.map((draft) => ({
    id: draft.username,
    username: draft.username,
    name: draft.name,
    avatarId: draft.noPicture ? null : picture(draft.username),
    private: draft.private ?? false,
    consentError: draft.consentError ?? false,
    verified: draft.verified ?? false,
    followers: draft.followers,
    followsBusinesses: draft.followers > 400 ? [ceramics] : [],
    stories: [],
  }));
}
