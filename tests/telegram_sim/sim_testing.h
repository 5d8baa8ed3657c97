// A world with a clock that stands still, and short ways to call it.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <utility>

#include "tools/telegram_sim/methods.h"
#include "tools/telegram_sim/sim_api.h"
#include "tools/telegram_sim/world.h"

namespace kalends::sim {

struct TestWorld {
  std::int64_t clock_ms = 1'774'747'800'000;
  World world;

  explicit TestWorld(Limits limits = Limits::kOff)
      : world({"kalends_demo_bot", 1000000001, limits, 1}, [this] { return clock_ms; }) {}

  Reply Call(const std::string& method, nlohmann::json values) {
    Params params;
    params.values = std::move(values);
    return CallMethod(world, method, std::move(params));
  }

  // The answer's JSON; for a wait that is not over: null.
  nlohmann::json Sim(const std::string& path, const nlohmann::json& args) {
    const std::optional<Answer> reply = FindSimRoute(path)->handle(world, args);
    return reply ? nlohmann::json::parse(reply->body) : nlohmann::json();
  }

  // A person; one that has started the bot.
  std::int64_t AddPerson(const std::string& name) {
    return Sim("/sim/user", {{"first_name", name}, {"language_code", "de"}})["id"];
  }
  std::int64_t AddStarted(const std::string& name) {
    const std::int64_t id = AddPerson(name);
    Sim("/sim/start", {{"user", id}});
    return id;
  }

  // Sends a text and returns its message_id.
  std::int64_t Send(std::int64_t chat, const std::string& text,
                    const nlohmann::json& markup = nullptr) {
    const Reply reply =
        Call("sendMessage", {{"chat_id", chat}, {"text", text}, {"reply_markup", markup}});
    return reply.body["result"]["message_id"];
  }

  std::vector<nlohmann::json> Updates() { return world.updates.Take(kUpdatesPerCallMax); }
};

// "400 Bad Request: ..." or "200".
inline std::string Outcome(const Reply& reply) {
  const std::string code = std::to_string(reply.code);
  return reply.code == 200 ? code : code + " " + reply.body["description"].get<std::string>();
}

inline nlohmann::json Button(const std::string& text, const std::string& data) {
  return {{"text", text}, {"callback_data", data}};
}

// One row of buttons.
inline nlohmann::json Inline(nlohmann::json buttons) {
  return {{"inline_keyboard", nlohmann::json::array({std::move(buttons)})}};
}

}  // namespace kalends::sim
