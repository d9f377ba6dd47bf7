import { igIdFor, pageIdFor, portfolioIdFor } from "../ids";
import type { Page } from "./types";

export const FULL_TASKS = ["ADVERTISE", "ANALYZE", "CREATE_CONTENT", "MESSAGING", "MODERATE", "MANAGE"];
export const PLUS_TASKS = [
  "PROFILE_PLUS_FULL_CONTROL",
  "PROFILE_PLUS_MANAGE",
  "PROFILE_PLUS_MODERATE",
  "PROFILE_PLUS_MESSAGING",
];

interface Draft {
  name: string;
  category: string;
  username?: string;
  tasks?: string[];
  portfolio?: string;
}

/** Nora's Pages in the order in which `/me/accounts` lists them: Nora Ceramics has to stay behind the 25th. */
export const NORA_PAGES: Draft[] = [
  { name: "Alder & Ash", category: "Furniture Store", username: "alder.and.ash" },
  { name: "Atelier Nord", category: "Arts & Crafts Store", username: "atelier.nord", tasks: PLUS_TASKS },
  { name: "Basel Book Fair", category: "Event" },
  { name: "Bloom Letters", category: "Florist", username: "bloomletters" },
  { name: "Brücke Coffee", category: "Coffee Shop", username: "bruecke.coffee" },
  { name: "Café Lumen", category: "Cafe", username: "cafe.lumen" },
  { name: "Candle Theory", category: "Home Decor", username: "candle.theory" },
  { name: "Clay Club Zürich", category: "Community" },
  { name: "Copper Kettle", category: "Kitchen Supplies", username: "copper.kettle" },
  { name: "Daily Rye", category: "Bakery", username: "daily.rye" },
  { name: "East Pier Sailing", category: "Sports Club", username: "eastpier.sailing" },
  { name: "Elm Street Yoga", category: "Yoga Studio", username: "elmstreet.yoga" },
  { name: "Fern & Fog", category: "Garden Center", username: "fern.and.fog" },
  { name: "Five Looms", category: "Clothing Store", username: "five.looms" },
  { name: "Glasshouse Supper", category: "Restaurant", username: "glasshouse.supper" },
  { name: "Good Morning Market", category: "Farmers Market" },
  { name: "Hinterland Bikes", category: "Bicycle Shop", username: "hinterland.bikes" },
  { name: "Ink & Anchor", category: "Tattoo Shop", username: "ink.and.anchor" },
  { name: "Juniper Soap", category: "Beauty Store", username: "juniper.soap" },
  { name: "Kiln Journal", category: "Magazine" },
  { name: "Lake House Stays", category: "Vacation Home Rental", username: "lakehouse.stays" },
  { name: "Linen & Oak", category: "Home Decor", username: "linen.and.oak" },
  { name: "Maison Petit", category: "Baby Goods Store", username: "maison.petit" },
  { name: "Mori Ramen", category: "Ramen Restaurant", username: "mori.ramen" },
  { name: "Nachtmarkt", category: "Event", username: "nachtmarkt.zh" },
  { name: "Nine Lives Cat Hotel", category: "Pet Service", username: "ninelives.cats" },
  { name: "Nora Archive", category: "Art Gallery", username: "nora.archive", tasks: ["ADVERTISE", "ANALYZE"] },
  { name: "Nora Ceramics", category: "Arts & Crafts Store", username: "nora.ceramics" },
  { name: "Nora Keller Fanclub", category: "Community" },
  { name: "Olive Row", category: "Grocery Store", username: "olive.row" },
  { name: "Paper Boats", category: "Stationery Store", username: "paper.boats" },
  { name: "Quiet Hour Records", category: "Record Label", username: "quiethour.records" },
  { name: "Riverbend Kayaks", category: "Sporting Goods Store", username: "riverbend.kayaks" },
  { name: "Salt & Cedar", category: "Spa", username: "salt.and.cedar" },
  { name: "Thirty Plates", category: "Caterer", username: "thirty.plates" },
  { name: "Willow Repair Café", category: "Nonprofit Organization" },
  { name: "Zinnia Dresses", category: "Clothing Store", username: "zinnia.dresses" },
  { name: "Keller Group Holding", category: "Company", username: "keller.group", portfolio: "Keller Group" },
  { name: "Keller Outlet", category: "Outlet Store", username: "keller.outlet", portfolio: "Keller Group" },
  { name: "Keller Careers", category: "Company", portfolio: "Keller Group" },
];

const INGRID_PAGES: Draft[] = [
  { name: "Fjord Knits", category: "Clothing Store", username: "fjord.knits" },
  { name: "Bergen Yarn Club", category: "Community" },
];

export function seedPages(noraId: string, ingridId: string): { pages: Page[]; usernames: Map<string, Draft> } {
  const usernames = new Map<string, Draft>();
  const build = (draft: Draft, personId: string): Page => {
    if (draft.username) usernames.set(draft.username, draft);
    return {
      id: pageIdFor(draft.name),
      name: draft.name,
      category: draft.category,
      categoryId: String(2200 + draft.category.length * 7),
      igId: draft.username ? igIdFor(draft.username) : null,
      portfolioId: draft.portfolio ? portfolioIdFor(draft.portfolio) : null,
      roles: [{ personId, tasks: draft.tasks ?? FULL_TASKS }],
    };
  };
  const pages = [
    ...NORA_PAGES.map((draft) => build(draft, noraId)),
    ...INGRID_PAGES.map((draft) => build(draft, ingridId)),
  ];
  return { pages, usernames };
}
