-- For wrk: posts the file that BODY names, as JSON.
wrk.method="POST"
wrk.headers["content-type"]="application/json"
local f=io.open(os.getenv("BODY"),"r"); wrk.body=f:read("*a"); f:close()
