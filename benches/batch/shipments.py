"""Made-up shipments as a bank or a forwarder has them, and names as a customer file has them. Nobody in them exists.

    python3 shipments.py 1000000 shipments.csv                # one row in five brings a name that was not there before
    python3 shipments.py 200000 all-new.csv --new 1           # every row brings two
    python3 shipments.py 200000 names.csv --names             # names alone, all different

The same number and seed give the same rows. Parties come from a pool that grows: who was there is chosen again the more often the earlier he
came, as regular customers are. Lanes, goods and words are drawn by rank too, as trade is: few are common, many are rare.
"""

from __future__ import annotations

import argparse
import csv
import datetime
from pathlib import Path
from random import Random

DATA = Path(__file__).resolve().parents[2] / "data"

#: Countries by how much they trade, roughly; the last few are those that the law speaks of most.
COUNTRIES = (
    "CN US DE JP NL KR IT HK FR MX CA BE AE GB SG TW CH IN VN ES PL MY AU BR TH ID TR SA CZ SE AT IE NO HU DK PH ZA SK RO CL FI PT IL "
    "KZ PE QA GR SI EG MA CO AR BG LT UA NZ PK BD KE LK UZ GE AM RS EE LV KG TZ GH NG LB SY IR RU BY VE MM CU AF KP"
).split()

#: Beginnings and ends of words that sound like the region; none is meant to be a name.
SYLLABLES = {
    "CN HK TW SG": ("Xin Hua Jin Bao Long Tai Sheng Yuan Feng Dong Guang Zhong Hai Wei Hong", "da yuan long feng sheng tai hua mao chang li"),
    "DE AT CH NL DK": ("Wald Stein Ober Nord Brand Lang Kern Haus Reich Vogel Linden Eber", "bach mann berg hoff stein feld meier dorf huber mer"),
    "RU BY UA KZ": ("Vostok Sever Tekh Metall Prom Ural Sibir Stroi Agro Energo Volga", "prom torg servis invest snab trans grad detal mash"),
    "AE SA QA EG LB SY": ("Al Noor Al Fajr Al Reem Gulf Al Waha Najm Safa Marwa Al Badr Rimal", "een aya iya oun ash ariq im ada"),
    "JP KR": ("Naka Yama Shin Kawa Fuji Haru Mori Dae Sung Han Woo Seo", "moto gawa tech shima mura jin san hwa il young"),
}
OTHERS = ("Bel Cor Dal Fer Gar Lum Mar Nor Pal Ros Sal Tor Val Ver Zan Cal Mon Per Ari Lev", "ano etti ina ora este illo andi ero ale ini osa ex ton field")

TRADES = (
    "Trading;Logistics;Industrial;Machinery;Electronics;Textile;Foods;Chemical;Steel;Auto Parts;Shipping;Import Export;Medical;Agro;Plastics;"
    "Furniture;Tools;Optics;Paper;Ceramics;Pumps;Marine;Aviation Services;Packaging;Garments;Seafood;Solar;Cables;Lighting;Toys"
).split(";")
FORMS = {
    "CN": "Co., Ltd.;Co Ltd;Limited", "HK": "Limited;(HK) Ltd", "DE": "GmbH;AG;GmbH & Co. KG", "AT": "GmbH", "US": "Inc.;LLC;Corp.", "GB": "Ltd;PLC;Limited",
    "FR": "SAS;SARL;S.A.", "IT": "S.p.A.;S.r.l.", "ES": "S.L.;S.A.", "RU": "OOO;AO", "AE": "FZE;LLC;FZCO", "JP": "Co., Ltd.;K.K.", "KR": "Co., Ltd.",
    "NL": "B.V.", "TR": "A.S.;Ltd. Sti.", "PL": "Sp. z o.o.", "BR": "Ltda", "IN": "Pvt Ltd;Private Limited", "MX": "S.A. de C.V.", "SE": "AB",
}  # fmt: skip
GIVEN = "Anna Ben Carla David Elena Farid Grace Hassan Ivan Julia Karim Li Maria Nadia Omar Pavel Qing Rosa Sami Tomas Uma Victor Wei Yusuf Zoe".split()
UNITS = {"kg": 0.45, "item": 0.35, "pair": 0.03, "l": 0.05, "t": 0.12}
EXTRAS = ("", "", "", "", "", "", " (new)", ", 2 pallets", " as per invoice {n}", " / parts {n}", ", shipper's load and count")


def by_rank(chance: Random, count: int) -> int:
    """A place from 0 on, the first the likeliest."""
    return min(int(count ** chance.random()) - 1, count - 1)


class Names:
    """Names that were not there before."""

    def __init__(self, chance: Random) -> None:
        self.chance, self.seen = chance, set()

    def word(self, country: str) -> str:
        heads, tails = next((v for k, v in SYLLABLES.items() if country in k), OTHERS)
        head, tail = self.chance.choice(heads.split()), self.chance.choice(tails.split())
        middle = self.chance.choice(tails.split()) if self.chance.random() < 0.5 else ""
        return (head + middle + tail).capitalize()

    def one(self, country: str) -> str:
        while True:
            if self.chance.random() < 0.15:
                name = f"{self.chance.choice(GIVEN)} {self.word(country)}"
                if self.chance.random() < 0.4:
                    name = f"{self.chance.choice(GIVEN)} {name}"
            else:
                form = self.chance.choice(FORMS.get(country, "Ltd;S.A.;Trading Co").split(";"))
                words = [self.word(country) for _ in range(1 + (self.chance.random() < 0.35))]
                name = f"{' '.join(words)} {TRADES[by_rank(self.chance, len(TRADES))]} {form}"
            if self.chance.random() < 0.5:
                name = name.upper()
            if name not in self.seen:
                self.seen.add(name)
                return name


def goods() -> list[tuple[str, str]]:
    """Descriptions with a code of six digits: titles of headings, and words for goods."""
    with open(DATA / "hs-headings.csv", encoding="utf-8", newline="") as table:
        rows = [(row["title"], row["heading"]) for row in csv.DictReader(table)]
    with open(DATA / "goods.csv", encoding="utf-8", newline="") as table:
        plain = [(r["words"], r["hs"]) for r in csv.DictReader(table) if r["kind"] == "" and r["words"].isascii() and r["hs"].isdigit()]
    Random(1).shuffle(rows)
    return rows + plain[:: max(1, len(plain) // 4000)]


def listed() -> list[str]:
    with open(DATA / "listed-un.csv", encoding="utf-8", newline="") as table:
        return [row["name"] for row in csv.DictReader(table)]


HEADER = (
    "id kind date shipper shipper_country consignee consignee_country hs_code description quantity unit value currency origin destination item_origin"
).split()


def shipments(count: int, new: float, out, chance: Random) -> None:
    names, stock, on_lists = Names(chance), goods(), listed()
    lanes = [(COUNTRIES[by_rank(chance, len(COUNTRIES))], COUNTRIES[by_rank(chance, len(COUNTRIES))]) for _ in range(2500)]
    pool: dict[str, list[str]] = {}

    def party(country: str, fresh: bool) -> str:
        there = pool.setdefault(country, [])
        if fresh or not there:
            there.append(names.one(country))
            return there[-1]
        return there[by_rank(chance, len(there))]

    first, units = datetime.date(2023, 1, 1), list(UNITS)
    out.writerow(HEADER)
    for number in range(count):
        at, to = lanes[by_rank(chance, len(lanes))]
        both = new >= 1
        fresh, side = chance.random() < new, chance.random() < 0.5
        shipper, consignee = party(at, both or fresh and side), party(to, both or fresh and not side)
        if chance.random() < 0.001:
            consignee = chance.choice(on_lists)
        words, code = stock[by_rank(chance, len(stock))]
        code = (code + f"{chance.randrange(1, 10)}0" if len(code) == 4 and chance.random() < 0.8 else code)[:6]
        extra = chance.choice(EXTRAS).format(n=chance.randrange(10_000, 100_000))
        unit = chance.choices(units, UNITS.values())[0]
        amount = round(10 ** (4 * chance.random()))
        worth = round(10 ** (2 + 4 * chance.random()), 2)
        currency = chance.choice(("USD", "USD", "USD", "EUR", "EUR", "CNY", "GBP", "JPY"))
        day = first + datetime.timedelta(days=chance.randrange(1_000))
        made = at if chance.random() < 0.8 else COUNTRIES[by_rank(chance, 40)]
        kind = "export" if chance.random() < 0.9 else "sale"
        row = (number + 1, kind, day, shipper, at, consignee, to, code, words + extra, amount, unit, worth, currency, at, to, made)
        out.writerow(row)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("rows", type=int)
    parser.add_argument("file")
    parser.add_argument("--new", type=float, default=0.2, help="share of rows that bring a new name; 1: two in every row")
    parser.add_argument("--names", action="store_true", help="names alone, all different")
    parser.add_argument("--seed", type=int, default=7)
    asked = parser.parse_args()
    chance = Random(asked.seed)
    with open(asked.file, "w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        if not asked.names:
            return shipments(asked.rows, asked.new, out, chance)
        names, on_lists = Names(chance), listed()
        out.writerow(("id", "name", "country"))
        for number in range(asked.rows):
            country = COUNTRIES[by_rank(chance, len(COUNTRIES))]
            name = chance.choice(on_lists) if chance.random() < 0.001 else names.one(country)
            out.writerow((number + 1, name, country))


if __name__ == "__main__":
    main()
