"""Works with `licit mcp` as a program with a language model does, with the official client.

    python3 -m pip install mcp
    python3 checks/serve/mcp_client.py target/release/licit

Without the client it says so and ends with status 3.
"""

import asyncio
import json
import sys

try:
    from mcp import ClientSession, StdioServerParameters
    from mcp.client.stdio import stdio_client
except ImportError:
    print("not run: mcp is missing (python3 -m pip install mcp)")
    sys.exit(3)

ACT = {"kind": "gift", "on": "2024-02-18", "parties": [{"role": "recipient", "name": "Kim Jong Un"}], "items": [{"description": "limousine", "hs": "8703"}], "places": {"destination": "North Korea"}}


def of(value, *names):
    """A field by its name in the first or the second line of versions of the client."""
    return next(getattr(value, name) for name in names if hasattr(value, name))


async def main(binary):
    async with stdio_client(StdioServerParameters(command=binary, args=["mcp"])) as (read, write), ClientSession(read, write) as session:
        told = await session.initialize()
        assert of(told, "serverInfo", "server_info").name == "licit" and "no legal advice" in told.instructions
        tools = {t.name: t for t in (await session.list_tools()).tools}
        assert set(tools) == {"check", "read", "screen", "classify", "law"}, set(tools)
        await session.send_ping()

        async def call(name, arguments):
            answer = await session.call_tool(name, arguments)
            return answer, answer.content[0].text

        answer, text = await call("check", {"act": ACT, "in": ["un"], "brief": True})
        assert not of(answer, "isError", "is_error") and json.loads(text)["overall"] == "prohibited" == of(answer, "structuredContent", "structured_content")["overall"]
        answer, text = await call("read", {"text": "Putin gave Kim Jong Un a car on 18 February 2024.", "in": ["un"]})
        assert json.loads(text)["decisions"][0]["overall"] == "prohibited"
        answer, text = await call("screen", {"name": "Ri Won-ho"})
        assert json.loads(text)["hits"], text
        answer, text = await call("classify", {"description": "water pumps"})
        assert json.loads(text)["codes"][0]["hs"] == "8413"
        answer, text = await call("law", {"id": "un/2397#7"})
        assert json.loads(text)["effect"] == "prohibits"
        answer, text = await call("check", {"act": {"knd": "gift"}})
        assert of(answer, "isError", "is_error") and "did you mean `kind`?" in text
    print("mcp: all good")


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1] if len(sys.argv) > 1 else "target/debug/licit"))
