#include "tools/telegram_sim/sim_api.h"

#include <array>

#include "tools/telegram_sim/json_text.h"
#include "tools/telegram_sim/status.h"
#include "tools/telegram_sim/text.h"

namespace kalends::sim {
namespace {

using nlohmann::json;

constexpr std::array kRoutes = std::to_array<SimRoute>({
    {"POST", "/sim/user", CreateUser, nullptr},
    {"POST", "/sim/group", CreateGroup, nullptr},
    {"POST", "/sim/message", SendAsPerson, nullptr},
    {"POST", "/sim/edit", EditAsPerson, nullptr},
    {"POST", "/sim/start", StartBot, nullptr},
    {"POST", "/sim/tap", Tap, nullptr},
    {"POST", "/sim/inline", AskInline, nullptr},
    {"POST", "/sim/choose", ChooseInline, nullptr},
    {"GET", "/sim/inline_results", WaitForInline, WaitForInlineTimedOut},
    {"POST", "/sim/document", SendDocumentAsPerson, nullptr},
    {"POST", "/sim/place", SendPlaceAsPerson, nullptr},
    {"POST", "/sim/block", BlockBot, nullptr},
    {"POST", "/sim/unblock", UnblockBot, nullptr},
    {"POST", "/sim/delete_chat", DeleteChat, nullptr},
    {"POST", "/sim/kick", KickBot, nullptr},
    {"POST", "/sim/admit", AdmitBot, nullptr},
    {"GET", "/sim/outbox", GetOutbox, nullptr},
    {"GET", "/sim/chat", GetTranscript, nullptr},
    {"GET", "/sim/state", GetState, nullptr},
    {"GET", "/sim/wait", WaitForText, WaitForTextTimedOut},
    {"GET", "/sim/settled", WaitUntilSettled, SettledTimedOut},
    {"POST", "/sim/fault", AddFault, nullptr},
    {"POST", "/sim/clock", AdvanceClock, nullptr},
    {"POST", "/sim/limits", SetLimits, nullptr},
    {"POST", "/sim/reset", ResetWorld, nullptr},
    {"POST", "/sim/redeliver", Redeliver, nullptr},
    {"POST", "/sim/hint", SetHint, nullptr},
    {"GET", "/sim/qr", GetQr, nullptr},
    {"GET", "/sim/file", GetStoredFile, nullptr},
});

}  // namespace

const SimRoute* FindSimRoute(std::string_view path) {
  for (const SimRoute& route : kRoutes) {
    if (route.path == path) return &route;
  }
  return nullptr;
}

Answer Done(const World& world, json fields) {
  fields["ok"] = true;
  fields["revision"] = world.revision();
  return {200, "application/json", Dump(fields), ""};
}

Answer Refused(int code, std::string_view sentence) {
  return {code, "application/json", Dump({{"ok", false}, {"error", sentence}}), ""};
}

std::int64_t ArgInt(const Args& args, const std::string& name, std::int64_t otherwise) {
  const auto found = args.find(name);
  if (found == args.end()) return otherwise;
  if (found->is_string()) return ToInt(found->get<std::string>()).value_or(otherwise);
  return found->is_number_integer() ? found->get<std::int64_t>() : otherwise;
}

std::string ArgText(const Args& args, const std::string& name) {
  const auto found = args.find(name);
  if (found == args.end() || found->is_null()) return "";
  return found->is_string() ? found->get<std::string>() : Dump(*found);
}

bool ArgFlag(const Args& args, const std::string& name) {
  const auto found = args.find(name);
  return found != args.end() && (*found == true || *found == "true" || *found == "1");
}

PersonOrRefusal ReadPerson(World& world, const Args& args) {
  PersonOrRefusal result;
  result.person = world.FindPerson(ArgInt(args, "user", 0));
  if (result.person == nullptr) {
    result.refusal = Refused(404, "There is no user \"" + ArgText(args, "user") +
                                      "\": create one with POST /sim/user {\"first_name\":...}.");
  }
  return result;
}

Chat* ReadPersonChat(World& world, const Args& args, const Person& person) {
  Chat* chat = world.FindChat(ArgInt(args, "chat", person.id));
  if (chat == nullptr) return nullptr;
  for (const std::int64_t member : chat->people) {
    if (member == person.id) return chat;
  }
  return nullptr;
}

}  // namespace kalends::sim
