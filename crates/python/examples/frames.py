"""Customers and shipments as frames of pandas and polars: answers stand beside the rows they belong to."""

import pandas
import polars
import pylicit

SHIPMENTS = {
    "no": ["S1", "S2", "S3"],
    "date": ["2018-03-01", "2018-03-01", "2015-06-01"],
    "ship_to": ["a shop in Pyongyang", "a shop in Busan", "a shop in Pyongyang"],
    "ship_to_country": ["KP", "KR", "KP"],
    "goods": ["industrial pumps", "toys", "rice"],
    "hs_code": ["8413", "9503", "1006"],
    "destination": ["KP", "KR", "KP"],
}
COLUMNS = {"id": "no", "consignee": "ship_to", "consignee_country": "ship_to_country", "item": "goods"}


def with_pandas():
    """Shipments that no authority leaves out of its law."""
    shipments = pandas.DataFrame(SHIPMENTS)
    answers = pylicit.decide(shipments, authorities="un,eu", columns=COLUMNS, constants={"kind": "export"})
    return shipments.assign(overall=answers["overall"], provisions=answers["provisions"])


def with_polars():
    """The same, as a frame of polars."""
    shipments = polars.DataFrame(SHIPMENTS)
    answers = pylicit.decide(shipments, authorities="un,eu", columns=COLUMNS, constants={"kind": "export"})
    return shipments.hstack(answers.select("overall", "provisions"))


if __name__ == "__main__":
    print(with_pandas())
    print(with_polars())
