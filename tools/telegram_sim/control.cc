// The world around people and bot: clock, limits, faults, files, the "start here" box.
#include <array>

#include "tools/telegram_sim/qr.h"
#include "tools/telegram_sim/sim_api.h"
#include "tools/telegram_sim/text.h"

namespace kalends::sim {
namespace {

using nlohmann::json;

struct ModeRow {
  std::string_view name;
  FaultMode mode;
};
constexpr std::array kModes = std::to_array<ModeRow>({
    {"before", FaultMode::kBefore},
    {"after", FaultMode::kAfter},
    {"drop_answer", FaultMode::kDropAnswer},
    {"delay", FaultMode::kDelay},
    {"close", FaultMode::kClose},
});

// What Telegram says with this code, as far as it is always the same.
std::string DefaultDescription(int code, int retry_after) {
  switch (code) {
    case 401:
      return "Unauthorized";
    case 403:
      return "Forbidden: bot was blocked by the user";
    case 429:
      return "Too Many Requests: retry after " + std::to_string(retry_after);
    case 502:
      return "Bad Gateway";
    default:
      return code < 500 ? "Bad Request" : "Internal Server Error";
  }
}

}  // namespace

SimResult AddFault(World& world, const Args& args) {
  Fault fault;
  fault.method = Lower(ArgText(args, "method"));
  if (fault.method.empty()) fault.method = "*";
  fault.contains = ArgText(args, "contains");
  fault.code = static_cast<int>(ArgInt(args, "code", 500));
  fault.retry_after = static_cast<int>(ArgInt(args, "retry_after", fault.code == 429 ? 1 : 0));
  fault.times = static_cast<int>(ArgInt(args, "times", 1));
  fault.delay_ms = static_cast<int>(ArgInt(args, "delay_ms", 0));
  fault.description = ArgText(args, "description");
  if (fault.description.empty()) {
    fault.description = DefaultDescription(fault.code, fault.retry_after);
  }
  const std::string wanted = args.contains("mode") ? ArgText(args, "mode") : "before";
  for (const ModeRow& row : kModes) {
    if (row.name != wanted) continue;
    fault.mode = row.mode;
    world.faults.push_back(std::move(fault));
    world.Bump();
    return Done(world, json::object());
  }
  return Refused(400, "mode is one of before, after, drop_answer, delay, close.");
}

SimResult AdvanceClock(World& world, const Args& args) {
  const std::int64_t seconds = ArgInt(args, "advance_s", 0);
  if (seconds <= 0) return Refused(400, "advance_s must be positive: the clock never goes back.");
  world.Advance(seconds * 1000);
  return Done(world, {{"now_ms", world.now_ms()}});
}

SimResult SetLimits(World& world, const Args& args) {
  const std::string profile = ArgText(args, "profile");
  if (profile != "telegram" && profile != "off") {
    return Refused(400, "profile is telegram or off.");
  }
  world.limiter.SetLimits(profile == "off" ? Limits::kOff : Limits::kTelegram);
  world.Bump();
  return Done(world, json::object());
}

SimResult ResetWorld(World& world, const Args&) {
  world.Reset();
  return Done(world, json::object());
}

SimResult Redeliver(World& world, const Args& args) {
  std::vector<std::int64_t> ids;
  if (args.contains("update_id")) {
    ids.push_back(ArgInt(args, "update_id", 0));
  } else {
    ids = world.updates.LastIds(static_cast<int>(ArgInt(args, "last", 1)));
  }
  // The queue takes them at its front, so the newest goes first.
  for (auto id = ids.rbegin(); id != ids.rend(); ++id) {
    if (!world.updates.Redeliver(*id)) return Refused(404, "There was no such update.");
  }
  world.Bump();
  return Done(world, {{"update_ids", ids}});
}

SimResult SetHint(World& world, const Args& args) {
  world.hint = {{"text", ArgText(args, "text")}, {"deep_link", ArgText(args, "deep_link")}};
  for (const char* list : {"steps", "links"}) {
    if (args.contains(list)) world.hint[list] = args[list];
  }
  world.Bump();
  return Done(world, json::object());
}

SimResult GetQr(World&, const Args& args) {
  const auto svg = QrSvg(ArgText(args, "text"));
  if (!svg) return Refused(400, "text must have 1 to 1000 bytes.");
  return Answer{200, "image/svg+xml", *svg, ""};
}

SimResult GetStoredFile(World& world, const Args& args) {
  const File* file = world.FindFile(ArgText(args, "id"));
  if (file == nullptr) return Refused(404, "There is no such file.");
  if (file->width > 0) {
    const bool png = file->bytes.starts_with("\x89PNG");
    return Answer{200, png ? "image/png" : "image/jpeg", file->bytes, ""};
  }
  return Answer{200, "application/octet-stream", file->bytes, file->name};
}

}  // namespace kalends::sim
