-- Batches of new absences for the reference exchange, each with a key and extensions of its own.
local size = tonumber(os.getenv("KK_BATCH_SIZE"))
local phone = '{"extension":"%d","display_name":"User %d","language":"sv","time_zone":"Europe/Stockholm"}'
local change = '{"absence":{"announced_reason":"meeting","back_at":"2026-11-27T07:30:00Z",'
  .. '"ends_at":"2026-11-27T07:30:00Z","extension":"%d","kind":"open","reason":"meeting",'
  .. '"ring_seconds":15,"starts_at":"2026-11-27T07:00:00Z","target":"announcement"},'
  .. '"absence_key":"00000000-0000-4000-8000-%012x","action":"create","unit":%d}'
local n = 0
request = function()
  local phones, changes = {}, {}
  for i = 1, size do
    n = n + 1
    phones[i] = phone:format(20000000 + n, n)
    changes[i] = change:format(20000000 + n, n, i)
  end
  local body = '{"changes":[' .. table.concat(changes, ",") .. '],"fence":1,"phones":['
    .. table.concat(phones, ",") .. ']}'
  return wrk.format("POST", nil, {
    ["X-Api-Key"] = os.getenv("KK_API_KEY"), ["Content-Type"] = "application/json",
    ["Idempotency-Key"] = ("1-%032x"):format(n), ["Accept"] = "application/json",
  }, body)
end
