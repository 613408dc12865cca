-- Sends what the calendar simulator recorded, again and again.
local requests = {}
for line in io.lines(os.getenv("KK_REPLAY")) do
  local method, path, auth, headers, body = line:match("^(.-)\t(.-)\t(.-)\t(.-)\t(.*)$")
  local h = { ["Authorization"] = auth }
  for name, value in headers:gmatch("(.-)=(.-)\31") do h[name] = value end
  body = body:gsub("\30", "\n"):gsub("\29", "\r")
  requests[#requests + 1] = wrk.format(method, path, h, body ~= "" and body or nil)
end
local n = 0
request = function()
  n = n % #requests + 1
  return requests[n]
end
