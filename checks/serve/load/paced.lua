-- For wrk: as post.lua, but every connection waits up to twice PERIOD milliseconds before it asks again, so that load is offered and not only taken.
wrk.method="POST"
wrk.headers["content-type"]="application/json"
local f=io.open(os.getenv("BODY"),"r"); wrk.body=f:read("*a"); f:close()
local period=tonumber(os.getenv("PERIOD"))
function delay() return math.random(0, 2*period) end
