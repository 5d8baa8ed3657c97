// The control side, /sim/...: what people do in their Telegram apps, what a test wants to see, and
// what shall go wrong. README.md lists every call.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "tools/telegram_sim/answer.h"
#include "tools/telegram_sim/world.h"

namespace kalends::sim {

// {"ok":true, ...fields, "revision":...}.
Answer Done(const World& world, nlohmann::json fields);
// {"ok":false,"error":"<sentence>"}.
Answer Refused(int code, std::string_view sentence);

// The arguments: the query string, and over it the JSON body.
using Args = nlohmann::json;
// Values of a query string are text, so numbers and flags are read from both.
std::int64_t ArgInt(const Args& args, const std::string& name, std::int64_t otherwise);
std::string ArgText(const Args& args, const std::string& name);
bool ArgFlag(const Args& args, const std::string& name);

struct SimRoute {
  std::string_view verb;
  std::string_view path;
  // Nothing means "not yet": to be called again after the next change, until timeout_ms are over.
  std::optional<Answer> (*handle)(World& world, const Args& args);
  // The answer of a wait that ran out of time; null where `handle` always answers.
  Answer (*time_out)(World& world, const Args& args);
};
// Null: there is no such path; the verb is checked by the caller.
const SimRoute* FindSimRoute(std::string_view path);

using SimResult = std::optional<Answer>;
// people.cc: what people do.
SimResult CreateUser(World& world, const Args& args);
SimResult CreateGroup(World& world, const Args& args);
SimResult SendAsPerson(World& world, const Args& args);
SimResult EditAsPerson(World& world, const Args& args);
SimResult StartBot(World& world, const Args& args);
SimResult SendDocumentAsPerson(World& world, const Args& args);
SimResult SendPlaceAsPerson(World& world, const Args& args);
SimResult BlockBot(World& world, const Args& args);
SimResult UnblockBot(World& world, const Args& args);
SimResult KickBot(World& world, const Args& args);
SimResult AdmitBot(World& world, const Args& args);
SimResult DeleteChat(World& world, const Args& args);
// inline.cc
SimResult AskInline(World& world, const Args& args);
SimResult ChooseInline(World& world, const Args& args);
SimResult WaitForInline(World& world, const Args& args);
Answer WaitForInlineTimedOut(World& world, const Args& args);
// tap.cc
SimResult Tap(World& world, const Args& args);
// observe.cc: what a test or the page wants to see.
SimResult GetOutbox(World& world, const Args& args);
SimResult GetTranscript(World& world, const Args& args);
SimResult GetState(World& world, const Args& args);
SimResult WaitForText(World& world, const Args& args);
Answer WaitForTextTimedOut(World& world, const Args& args);
SimResult WaitUntilSettled(World& world, const Args& args);
Answer SettledTimedOut(World& world, const Args& args);
// control.cc: the world around them.
SimResult AddFault(World& world, const Args& args);
SimResult AdvanceClock(World& world, const Args& args);
SimResult SetLimits(World& world, const Args& args);
SimResult ResetWorld(World& world, const Args& args);
SimResult Redeliver(World& world, const Args& args);
SimResult SetHint(World& world, const Args& args);
SimResult GetQr(World& world, const Args& args);
SimResult GetStoredFile(World& world, const Args& args);

// The person in `user`, or the refusal to answer with. Exactly one of both is set.
struct PersonOrRefusal {
  Person* person = nullptr;
  Answer refusal;
};
PersonOrRefusal ReadPerson(World& world, const Args& args);
// The chat in `chat`, by default the person's own; null if the person is not in it.
Chat* ReadPersonChat(World& world, const Args& args, const Person& person);

// Puts a message of `person` into `chat` and queues it for the bot. `api` has its content.
Answer Post(World& world, Chat& chat, Person& person, nlohmann::json api);

}  // namespace kalends::sim
