-- For wrk: asks for the lines of a file at random, the same ones in every run, and tells what came
-- back as one line of JSON. A line is a path; after a tab, the version that the reader has already.
--
--   wrk -s mix.lua URL -- FILE

local requests = {}
local threads = 0

function setup(thread)
  threads = threads + 1
  thread:set("seed", threads)
end

function init(arguments)
  math.randomseed(seed)
  for line in io.lines(arguments[1]) do
    local path, version = line:match("^(%S+)\t?(.*)$")
    local headers = { ["Accept-Encoding"] = "gzip", ["Accept-Language"] = "en" }
    if version ~= "" then headers["If-None-Match"] = version end
    requests[#requests + 1] = wrk.format("GET", path, headers)
  end
end

function request()
  return requests[math.random(#requests)]
end

function done(summary, latency)
  local errors = summary.errors
  local failed = errors.connect + errors.read + errors.write + errors.timeout + errors.status
  io.write(string.format(
    '\n{"requests": %d, "seconds": %.3f, "bytes": %d, "failed": %d, "p50": %.3f, "p99": %.3f}\n',
    summary.requests, summary.duration / 1e6, summary.bytes, failed,
    latency:percentile(50) / 1e3, latency:percentile(99) / 1e3))
end
