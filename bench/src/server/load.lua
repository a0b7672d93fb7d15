-- wrk's part of the server bench. Arguments: a file with one request body a line, and the mean pause of a
-- connection between an answer and its next request in ms, 0 for none.
local bodies = {}

function init(args)
  for line in io.lines(args[1]) do bodies[#bodies + 1] = line end
  math.randomseed(tonumber(tostring({}):match('0x(%x+)'), 16))
  wrk.method = 'POST'
  wrk.headers['Content-Type'] = 'application/json'
  local pause = tonumber(args[2])
  if pause > 0 then
    -- Pauses vary as between independent clients, so that requests neither march in step nor come in bursts.
    function delay() return math.floor(-pause * math.log(1 - math.random()) + 0.5) end
  end
end

function request()
  return wrk.format(nil, nil, nil, bodies[math.random(#bodies)])
end

function done(summary, latency)
  local errors = summary.errors
  io.write(string.format(
    '\n{"requests":%d,"seconds":%f,"p50":%f,"p99":%f,"refused":%d,"broken":%d}\n',
    summary.requests, summary.duration / 1e6, latency:percentile(50) / 1000, latency:percentile(99) / 1000,
    errors.status, errors.connect + errors.read + errors.write + errors.timeout))
end
