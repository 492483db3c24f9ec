/** Room `redis`: the arithmetic of `rate-limit/meters.ts` in Lua, for all budgets of a request in one step, by the server's clock. */
import { SLICES, SLOT_WAIT } from "../rate-limit/slices.js";
import { script } from "./commands.js";

/**
 * KEYS: one per budget. ARGV: the lease, then per budget algorithm, quota, window, slice, cost.
 * A negative cost gives back what an earlier call took, 0 only looks. Replies per budget: fits (0 or 1), remaining, reset.
 */
export const chargeScript = script(`
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local lease = ARGV[1]
local meters = {}

local function whole(number) return string.format('%.0f', number) end

local function sliding(key, quota, window, slice)
  local newest = math.floor(now / slice)
  local counts, used = {}, 0
  local flat = redis.call('HGETALL', key)
  for i = 1, #flat, 2 do
    local at, count = tonumber(flat[i]), tonumber(flat[i + 1])
    if at < newest - ${SLICES} then redis.call('HDEL', key, flat[i])
    else
      counts[at] = count
      used = used + count
      if at > newest then newest = at end
    end
  end
  return {
    left = function() return quota - used end,
    take = function(cost)
      if cost < 0 then
        for at = newest, newest - ${SLICES}, -1 do
          if counts[at] and counts[at] >= -cost then
            redis.call('HINCRBY', key, whole(at), cost)
            used = used + cost
            return
          end
        end
        return
      end
      used = used + cost
      counts[newest] = (counts[newest] or 0) + cost
      redis.call('HINCRBY', key, whole(newest), cost)
      redis.call('PEXPIRE', key, slice * ${SLICES + 1})
    end,
    wait = function(units)
      local lacking = units - (quota - used)
      if lacking <= 0 then return 0 end
      for at = newest - ${SLICES}, newest do
        lacking = lacking - (counts[at] or 0)
        if lacking <= 0 then return (at + ${SLICES + 1}) * slice - now end
      end
      return window
    end,
  }
end

local function bucket(key, quota, window)
  local debt, at = 0, now
  local state = redis.call('HMGET', key, 'debt', 'at')
  if state[1] then
    debt, at = tonumber(state[1]), tonumber(state[2])
    if now > at then
      debt = math.max(0, debt - (now - at) * quota)
      at = now
    end
  end
  return {
    left = function() return math.floor((quota * window - debt) / window) end,
    take = function(cost)
      debt = math.max(0, debt + cost * window)
      redis.call('HSET', key, 'debt', whole(debt), 'at', whole(at))
      redis.call('PEXPIRE', key, math.ceil(debt / quota) + 1)
    end,
    wait = function(units)
      return math.max(0, math.ceil((debt + (units - quota) * window) / quota))
    end,
  }
end

local function fixed(key, quota, window)
  local current, used = math.floor(now / window), 0
  local state = redis.call('HMGET', key, 'window', 'used')
  if state[1] and tonumber(state[1]) >= current then
    current, used = tonumber(state[1]), tonumber(state[2])
  end
  return {
    left = function() return quota - used end,
    take = function(cost)
      used = math.max(0, used + cost)
      redis.call('HSET', key, 'window', whole(current), 'used', whole(used))
      redis.call('PEXPIRE', key, (current + 1) * window - now)
    end,
    wait = function(units)
      if units <= quota - used then return 0 end
      return (current + 1) * window - now
    end,
  }
end

local function slots(key, quota, window)
  redis.call('ZREMRANGEBYSCORE', key, '-inf', whole(now))
  local used = redis.call('ZCARD', key)
  return {
    left = function() return quota - used end,
    take = function(cost)
      if cost < 0 then
        for i = 1, -cost do
          used = used - redis.call('ZREM', key, i .. ':' .. lease)
        end
        return
      end
      for i = 1, cost do
        used = used + redis.call('ZADD', key, whole(now + window), i .. ':' .. lease)
      end
      redis.call('PEXPIRE', key, window)
    end,
    wait = function(units)
      if units <= quota - used then return 0 end
      return ${SLOT_WAIT}
    end,
  }
end

local kinds = {
  ['sliding-window'] = sliding, ['token-bucket'] = bucket,
  ['fixed-window'] = fixed, ['concurrency'] = slots,
}
local all = true
for i, key in ipairs(KEYS) do
  local at = 2 + (i - 1) * 5
  local quota, window = tonumber(ARGV[at + 1]), tonumber(ARGV[at + 2])
  local meter = kinds[ARGV[at]](key, quota, window, tonumber(ARGV[at + 3]))
  meter.quota, meter.cost = quota, tonumber(ARGV[at + 4])
  meter.fits = meter.cost < 0 or meter.left() >= meter.cost
  all = all and meter.fits
  meters[i] = meter
end

local replies = {}
for i, meter in ipairs(meters) do
  if all and meter.cost ~= 0 then meter.take(meter.cost) end
  local remaining = meter.left()
  local wanted = meter.cost
  if meter.fits or meter.cost < 1 then wanted = math.min(meter.quota, remaining + 1) end
  table.insert(replies, meter.fits and 1 or 0)
  table.insert(replies, remaining)
  table.insert(replies, meter.wait(wanted))
end
return replies
`);
