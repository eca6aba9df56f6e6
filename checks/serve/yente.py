"""Asks a running server as clients of OpenSanctions' yente do, with the client of its makers.

    python3 -m pip install yente-client
    licit serve & python3 checks/serve/yente.py http://127.0.0.1:8711

Without the client it says so and ends with status 3.
"""

import sys

try:
    from yente_client import Client
    from yente_client.entities import Company, Person
    from yente_client.exceptions import BadRequestError, NotFoundError
except ImportError:
    print("not run: yente-client is missing (python3 -m pip install yente-client)")
    sys.exit(3)


def main(base):
    with Client(base_url=base) as client:
        assert client.healthz().status == "ok"
        assert client.readyz().status == "ok"
        lists = {d.name for d in client.datasets().datasets}
        assert {"un-sc", "default"} <= lists, lists
        assert client.algorithms().best == "licit"

        found = client.search("Ri Won Ho", limit=5)
        assert found.results and found.total.value >= len(found.results), found
        listed = found.results[0]
        assert "sanction" in listed.properties["topics"] and listed.target
        assert client.fetch(listed.id).caption == listed.caption

        match = client.match(Person(name=[listed.caption]), limit=3)
        assert match.top.id == listed.id and match.top.match, match
        assert 0.5 < match.top.score <= 1 and match.top.contributing_explanations["name"].score > 0.5
        assert match.query["schema"] == "Person" and match.limit == 3
        without = client.match(Person(name=[listed.caption]), exclude_entities=[listed.id])
        assert all(r.id != listed.id for r in without.results)
        strict = client.match(Person(name=[listed.caption]), threshold=0.999, cutoff=0.1)
        assert strict.results and strict.matches == [r for r in strict.results if r.score >= 0.999]
        assert not client.match(Company(name=["Zebedee Quux Holding"])).results
        assert client.match(Person(name=[listed.caption]), datasets=["un_sc_sanctions"], algorithm="best").results

        many = ((str(i), Person(name=[listed.caption])) for i in range(50))
        assert sorted(int(key) for key, answer in client.match_iter(many) if answer.results) == list(range(50))

        for wrong, kind in [(lambda: client.search("x", datasets=["atlantis"]), NotFoundError), (lambda: client.fetch("un-sc/none"), NotFoundError), (lambda: client.search("x", schema="Event"), BadRequestError)]:
            try:
                wrong()
            except kind as told:
                assert told.detail, told
            else:
                raise AssertionError(f"{kind.__name__} was expected")
    print("yente: all good")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8711")
